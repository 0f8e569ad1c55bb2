import { createHash } from 'node:crypto'

/** A picture as it is stored: its id is made of its bytes, so that equal pictures are one. */
export type Picture = { readonly pictureId: string; readonly svg: string }

export type PictureShape = keyof typeof shapes

/** A flat drawing of one kind of goods, 96 × 96, in the colour `#rrggbb` of one product. No two grounds: it lies on any tile. */
export function drawPicture(shape: PictureShape, colour: string): Picture {
  const body = shapes[shape](tonesOf(colour))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">${body}</svg>`
  return { pictureId: createHash('sha256').update(svg).digest('hex').slice(0, 32), svg }
}

type Tones = {
  readonly main: string
  readonly shade: string
  readonly deep: string
  readonly light: string
  readonly pale: string
}

const ink = '#1c1512'
const coffee = '#4a2c20'
const cream = '#fbf3e4'
const glass = '#c3d0d4'
const crust = '#b9783a'

const shapes = {
  cup: (t: Tones) =>
    steam(t.shade) +
    ellipse(46, 83, 36, 6, t.shade) +
    handle(69, 52, 11, t.main) +
    path('M18 38h54c0 24-8 42-27 42S18 62 18 38Z', t.main) +
    path('M58 38h14c0 24-8 42-27 42 10-6 13-22 13-42Z', t.shade) +
    ellipse(45, 38, 27, 6, t.light) +
    ellipse(45, 38.5, 23, 4.3, coffee) +
    ellipse(45, 38.5, 10, 2, t.pale),
  espresso: (t: Tones) =>
    steam(t.shade) +
    ellipse(46, 80, 34, 6, t.pale) +
    ellipse(46, 79, 22, 3.5, t.light) +
    handle(62, 58, 8, t.main) +
    path('M25 47h40c0 18-6 31-20 31S25 65 25 47Z', t.main) +
    path('M54 47h11c0 18-6 31-20 31 7-5 9-16 9-31Z', t.shade) +
    ellipse(45, 47, 20, 5, t.light) +
    ellipse(45, 47.5, 16.5, 3.4, coffee),
  mug: (t: Tones) =>
    handle(67, 52, 14, t.shade) +
    rect(20, 24, 48, 60, 8, t.main) +
    path('M54 24h6a8 8 0 0 1 8 8v44a8 8 0 0 1-8 8h-6Z', t.shade) +
    ellipse(44, 26, 24, 6, t.light) +
    ellipse(44, 26.5, 20, 4.2, coffee) +
    rect(26, 46, 20, 6, 3, t.pale),
  glass: (t: Tones) =>
    line('M58 6 50 44', t.shade, 4) +
    path('M24 20h48l-6 66H30Z', glass, 0.8) +
    path('M25.5 34h45L66 83H30Z', t.main) +
    path('M58 34h12.500L66 83H54Z', t.shade) +
    `<g transform="rotate(-12 40 44)">${rect(33, 37, 14, 14, 3, t.pale, 0.8)}</g>` +
    `<g transform="rotate(18 56 56)">${rect(49, 49, 13, 13, 3, t.pale, 0.65)}</g>` +
    ellipse(48, 20, 24, 4, t.light),
  teapot: (t: Tones) =>
    line('M74 44c14-2 14 22-2 22', t.shade, 6) +
    path('M28 54C16 54 14 44 6 40l8-5c8 3 10 9 18 9Z', t.shade) +
    ellipse(50, 58, 28, 24, t.main) +
    path('M50 34a28 24 0 0 1 0 48c16-6 18-38 0-48Z', t.shade) +
    ellipse(50, 36, 17, 5, t.light) +
    circle(50, 28, 5, t.deep) +
    rect(34, 80, 32, 5, 2.5, t.deep),
  dripper: (t: Tones) =>
    path('M20 20h56L56 48H40Z', t.main) +
    path('M62 20h14L56 48h-6Z', t.shade) +
    rect(32, 47, 32, 5, 2.5, t.deep) +
    path('M34 56h28c10 10 12 30 2 32H32c-10-2-8-22 2-32Z', glass) +
    path('M28 70h40c2 9 0 17-4 18H32c-4-1-6-9-4-18Z', coffee) +
    ellipse(48, 20, 28, 4.5, t.light) +
    ellipse(48, 20.5, 20, 2.6, coffee),
  croissant: (t: Tones) =>
    path(
      'M8 68c-3-22 16-42 40-42s43 20 40 42c-8 6-16 0-18-10-4-10-12-14-22-14s-18 4-22 14c-2 10-10 16-18 10Z',
      t.main,
    ) +
    path('M34 29c4-2 9-3 14-3s10 1 14 3l-5 17c-3-1-6-2-9-2s-6 1-9 2Z', t.light) +
    path('M14 48c3-7 8-12 14-16l7 16c-4 2-7 6-9 10Z', t.light, 0.6) +
    path('M82 48c-3-7-8-12-14-16l-7 16c4 2 7 6 9 10Z', t.shade, 0.7),
  bun: (t: Tones) =>
    ellipse(48, 76, 36, 8, t.deep) +
    path('M12 68c0-22 16-38 36-38s36 16 36 38c0 10-72 10-72 0Z', t.main) +
    line('M48 62c-12 0-12-14 0-14 16 0 18 22-2 22-24 0-24-34 4-32', t.deep, 4.5) +
    circle(33, 42, 2, cream) +
    circle(60, 40, 2, cream) +
    circle(69, 54, 2, cream),
  muffin: (t: Tones) =>
    path('M24 52h48l-7 34H31Z', '#e9d5b5') +
    line('M36 54l3 31M48 54v31M60 54l-3 31', '#c9ab7e', 3) +
    path('M14 50c0-8 6-12 10-13 2-12 12-19 24-19s22 7 24 19c4 1 10 5 10 13 0 8-68 8-68 0Z', t.main) +
    circle(36, 38, 4, t.deep) +
    circle(54, 31, 4, t.deep) +
    circle(63, 44, 4, t.deep) +
    circle(46, 47, 3, t.light),
  donut: (t: Tones) =>
    circle(48, 48, 38, crust) +
    circle(48, 46, 34, t.main) +
    circle(48, 47, 13, ink, 0.35) +
    line('M30 32l5 4M62 28l-3 6M70 48l6 2M32 62l-5 4M60 68l3 5M45 22l1 5', t.pale, 4),
  cookie: (t: Tones) =>
    circle(48, 48, 37, t.shade) +
    circle(47, 46, 35, t.main) +
    [
      [34, 34, 5],
      [58, 30, 4],
      [66, 50, 5.5],
      [46, 52, 5],
      [30, 58, 4],
      [54, 69, 5],
    ]
      .map(([x, y, r]) => circle(x!, y!, r!, t.deep))
      .join(''),
  cake: (t: Tones) =>
    ellipse(48, 82, 40, 5, '#c9c3b8') +
    path('M12 48 72 26c8 4 12 10 12 18v34H12Z', t.main) +
    path('M12 48 72 26c8 4 12 10 12 18Z', t.pale) +
    rect(12, 58, 72, 6, 0, t.pale) +
    path('M12 48h72v5H12Z', t.light) +
    circle(64, 24, 6, t.deep),
  bread: (t: Tones) =>
    path(
      'M8 48c0-16 16-24 40-24s40 8 40 24c0 6-3 10-6 11v19a5 5 0 0 1-5 5H19a5 5 0 0 1-5-5V59c-3-1-6-5-6-11Z',
      t.main,
    ) +
    path('M14 59v19a5 5 0 0 0 5 5h58a5 5 0 0 0 5-5V59c-10 6-58 6-68 0Z', t.shade) +
    line('M30 32l-8 16M48 29l-8 20M66 31l-8 19', t.pale, 4.5),
  toast: (t: Tones) =>
    ellipse(48, 82, 40, 6, '#c9c3b8') +
    path(
      'M16 36c0-12 14-18 32-18s32 6 32 18c0 6-3 9-5 10v28a5 5 0 0 1-5 5H26a5 5 0 0 1-5-5V46c-2-1-5-4-5-10Z',
      crust,
    ) +
    path(
      'M23 36c0-8 11-12 25-12s25 4 25 12c0 4-3 6-4 7v26a4 4 0 0 1-4 4H31a4 4 0 0 1-4-4V43c-1-1-4-3-4-7Z',
      cream,
    ) +
    path('M30 38c4-8 34-10 37 2 2 8-1 24-10 28-10 4-22-2-26-10-3-6-4-14-1-20Z', t.main) +
    circle(42, 46, 3, t.pale) +
    circle(56, 54, 3, t.deep) +
    circle(46, 60, 2.5, t.pale),
  sandwich: (t: Tones) =>
    path('M14 40c0-14 16-20 34-20s34 6 34 20Z', crust) +
    path('M10 44c6-6 10 2 16-2s10 4 16 0 10 4 16 0 10 4 16 0 8-2 12 2v6H10Z', '#86ab4c') +
    rect(12, 49, 72, 9, 3, t.main) +
    rect(12, 57, 72, 7, 3, t.light) +
    path('M14 66h68c0 10-4 14-10 14H24c-6 0-10-4-10-14Z', crust) +
    circle(36, 30, 1.8, cream) +
    circle(48, 27, 1.8, cream) +
    circle(60, 31, 1.8, cream),
  bowl: (t: Tones) =>
    ellipse(48, 42, 40, 12, t.pale) +
    ellipse(48, 42, 35, 9, t.main) +
    circle(36, 40, 4.5, t.deep) +
    circle(52, 44, 5, t.light) +
    circle(62, 38, 4, '#86ab4c') +
    circle(44, 36, 3, '#d9583f') +
    path('M8 43c0 26 16 41 40 41s40-15 40-41c-8 14-72 14-80 0Z', '#dcd3c6') +
    path('M62 53c14-2 24-6 26-10 0 26-16 41-40 41 14-6 16-20 14-31Z', '#bfb5a6'),
  bag: (t: Tones) =>
    path('M22 20h52l4 64a5 5 0 0 1-5 5H23a5 5 0 0 1-5-5Z', t.main) +
    path('M60 20h14l4 64a5 5 0 0 1-5 5H58Z', t.shade) +
    rect(20, 10, 56, 13, 3, t.deep) +
    rect(27, 40, 34, 34, 4, cream) +
    `<g transform="rotate(28 44 57)">${ellipse(44, 57, 8, 11, coffee)}${line('M44 47c-4 6 4 13 0 20', cream, 2)}</g>`,
  box: (t: Tones) =>
    path('M14 34 48 20l34 14-34 14Z', t.light) +
    path('M14 34l34 14v40L14 74Z', t.main) +
    path('M82 34 48 48v40l34-14Z', t.shade) +
    path('M27 28.500l34 14v12l6-2.400V40L33 26Z', cream, 0.85),
  jar: (t: Tones) =>
    rect(22, 30, 52, 58, 10, t.main) +
    path('M60 30h4a10 10 0 0 1 10 10v38a10 10 0 0 1-10 10h-4Z', t.shade) +
    rect(26, 14, 44, 14, 4, '#8f8677') +
    rect(24, 26, 48, 5, 2, cream, 0.6) +
    rect(28, 46, 34, 24, 3, cream) +
    rect(33, 53, 24, 3, 1.5, t.deep) +
    rect(33, 60, 16, 3, 1.5, t.shade),
  bottle: (t: Tones) =>
    rect(40, 6, 16, 9, 2, t.deep) +
    path('M42 15h12v14c0 6 12 8 12 20v35a6 6 0 0 1-6 6H36a6 6 0 0 1-6-6V49c0-12 12-14 12-20Z', t.main) +
    path('M50 15h4v14c0 6 12 8 12 20v35a6 6 0 0 1-6 6h-6V46c0-10-4-10-4-17Z', t.shade) +
    rect(30, 52, 36, 22, 0, cream) +
    circle(48, 63, 6.5, t.main),
  tote: (t: Tones) =>
    line('M34 40V26a14 14 0 0 1 28 0v14', t.deep, 4) +
    path('M18 36h60l5 50H13Z', t.main) +
    path('M64 36h14l5 50H66Z', t.shade) +
    `<g transform="rotate(28 44 62)">${ellipse(44, 62, 7, 10, coffee)}${line('M44 53c-4 6 4 12 0 18', t.pale, 2)}</g>`,
  shirt: (t: Tones) =>
    path('M34 16 10 28l8 18 10-4v42h40V42l10 4 8-18-24-12c-4 8-24 8-28 0Z', t.main) +
    path('M62 16l24 12-8 18-10-4v42H58c6-20 6-48 4-68Z', t.shade) +
    line('M38 54c7-5 13 5 20 0M38 62c7-5 13 5 20 0', t.pale, 3.5),
  card: (t: Tones) =>
    rect(8, 24, 80, 52, 7, t.main) +
    path('M60 24h21a7 7 0 0 1 7 7v38a7 7 0 0 1-7 7H48Z', t.shade) +
    rect(8, 46, 80, 6, 0, t.pale) +
    rect(28, 24, 6, 52, 0, t.pale) +
    line('M31 48c-16-4-14-20-6-18 5 1 6 10 6 18 0-8 3-17 9-18 8 0 6 16-9 18', t.pale, 4),
} satisfies Record<string, (tones: Tones) => string>

function tonesOf(colour: string): Tones {
  return {
    main: colour,
    shade: mix(colour, ink, 0.18),
    deep: mix(colour, ink, 0.5),
    light: mix(colour, '#ffffff', 0.32),
    pale: mix(colour, '#ffffff', 0.68),
  }
}

function mix(colour: string, other: string, share: number): string {
  const channel = (of: string, place: number): number => parseInt(of.slice(place, place + 2), 16)
  const mixed = [1, 3, 5].map((place) =>
    Math.round(channel(colour, place) * (1 - share) + channel(other, place) * share),
  )
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

function steam(colour: string): string {
  return line('M36 24c-5-6 5-8 0-15M52 24c-5-6 5-8 0-15', colour, 3, 0.5)
}

function handle(x: number, y: number, r: number, colour: string): string {
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="${colour}" stroke-width="6"/>`
}

function path(d: string, fill: string, opacity = 1): string {
  return `<path d="${d}" fill="${fill}"${see(opacity)}/>`
}

function line(d: string, stroke: string, width: number, opacity = 1): string {
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"${see(opacity)}/>`
}

function rect(x: number, y: number, w: number, h: number, r: number, fill: string, opacity = 1): string {
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}"${see(opacity)}/>`
}

function ellipse(x: number, y: number, rx: number, ry: number, fill: string): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`
}

function circle(x: number, y: number, r: number, fill: string, opacity = 1): string {
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"${see(opacity)}/>`
}

function see(opacity: number): string {
  return opacity === 1 ? '' : ` opacity="${opacity}"`
}
