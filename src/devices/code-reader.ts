/** The texts of all QR codes in a picture. */
export type CodeReader = (picture: HTMLVideoElement) => Promise<readonly string[]>

type Detector = {
  detect(picture: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
type DetectorClass = {
  new (options: { formats: 'qr_code'[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

/** The browser's own reader where it has one for QR codes, else one of ours, loaded now: about 1 MB, kept on the device. */
export async function openCodeReader(): Promise<CodeReader> {
  const Detector = (await ownDetector()) ?? (await loadDetector())
  const detector = new Detector({ formats: ['qr_code'] })
  return async (picture) => (await detector.detect(picture)).map(({ rawValue }) => rawValue)
}

async function ownDetector(): Promise<DetectorClass | null> {
  const { BarcodeDetector: own } = globalThis as { BarcodeDetector?: DetectorClass }
  if (own === undefined) return null
  // Some browsers have the class and no format.
  return (await own.getSupportedFormats()).includes('qr_code') ? own : null
}

async function loadDetector(): Promise<DetectorClass> {
  const [{ BarcodeDetector, prepareZXingModule }, { default: wasmUrl }] = await Promise.all([
    import('barcode-detector/ponyfill'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  // From our own origin: a rescue happens where there is no internet.
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } })
  return BarcodeDetector
}
