import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { type CodeReader, openCodeReader } from '../../devices/code-reader.ts'

/** `blocked`: no camera, or nobody allowed it. `broken`: the reader did not come. */
export type CameraState = 'opening' | 'looking' | 'blocked' | 'broken'

const betweenLooksMs = 40

/** Looks through the camera and tells each code in sight, again and again, until the component goes. */
export function useCodeCamera(onText: (text: string) => void) {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<CameraState>('opening')
  const tell = useEffectEvent(onText)
  useEffect(() => {
    const stop = new AbortController()
    const opened = openCamera(video.current!, stop.signal)
    look(opened, stop.signal, setState, tell).catch(reportError)
    return () => stop.abort()
  }, [])
  return { video, state }
}

async function look(
  camera: Promise<HTMLVideoElement | null>,
  signal: AbortSignal,
  setState: (state: CameraState) => void,
  tell: (text: string) => void,
): Promise<void> {
  const [picture, read] = await Promise.all([camera, openCodeReader().catch(() => null)])
  if (signal.aborted) return
  if (picture === null || read === null) return setState(picture === null ? 'blocked' : 'broken')
  setState('looking')
  while (!signal.aborted) {
    for (const text of await readOnce(read, picture)) tell(text)
    await new Promise((next) => setTimeout(next, betweenLooksMs))
  }
}

/** A picture that can't be read, such as the first of a camera, is no reason to stop. */
async function readOnce(read: CodeReader, picture: HTMLVideoElement): Promise<readonly string[]> {
  try {
    return await read(picture)
  } catch {
    return []
  }
}

/** Null where there is no camera, or nobody allows it. */
async function openCamera(video: HTMLVideoElement, signal: AbortSignal): Promise<HTMLVideoElement | null> {
  const devices = navigator.mediaDevices as MediaDevices | undefined
  const wanted = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } }
  const stream = await devices?.getUserMedia({ video: wanted }).catch(() => null)
  if (!stream) return null
  const close = () => stream.getTracks().forEach((track) => track.stop())
  if (signal.aborted) {
    close()
    return null
  }
  signal.addEventListener('abort', close)
  video.srcObject = stream
  await video.play().catch(() => undefined)
  return video
}
