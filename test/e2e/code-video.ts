import { writeFile } from 'node:fs/promises'

/** What a page shows: the path of the QR code's svg, and its edge in modules. */
export type ShownCode = { readonly path: string; readonly edge: number }

const width = 640
const height = 480
const white = 235
const black = 16
/** Half a second of eight pictures a second; the film goes round. */
const picturesACode = 4

/** A film of codes as a camera would see them, one after the other, for --use-file-for-fake-video-capture. */
export async function writeCodeVideo(file: string, codes: readonly ShownCode[]): Promise<void> {
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F8:1 Ip A1:1 C420\n`)
  const pictures = codes.flatMap((code) => {
    const picture = Buffer.concat([Buffer.from('FRAME\n'), pictureOf(code), greyOf()])
    return Array<Buffer>(picturesACode).fill(picture)
  })
  await writeFile(file, Buffer.concat([head, ...pictures]))
}

/** One byte of brightness a pixel. */
function pictureOf({ path, edge }: ShownCode): Buffer {
  const pixels = Buffer.alloc(width * height, white)
  const scale = Math.floor(height / edge)
  const [left, top] = [Math.floor((width - edge * scale) / 2), Math.floor((height - edge * scale) / 2)]
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let line = 0; line < scale; line += 1) {
      const start = (top + Number(y) * scale + line) * width + left + Number(x) * scale
      pixels.fill(black, start, start + Number(run) * scale)
    }
  }
  return pixels
}

/** No colour: two bytes for every four pixels. */
function greyOf(): Buffer {
  return Buffer.alloc((width * height) / 2, 128)
}
