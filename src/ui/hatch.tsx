interface MarkProps {
  size?: number
  label?: string
}

/** On its way: known on this device only, or still growing. */
export function Hatch({ size = 14, label }: MarkProps) {
  return <i className="hatch" style={{ width: size, height: size }} {...spoken(label)} />
}

/** Settled: everybody knows it. */
export function Solid({ size = 14, label }: MarkProps) {
  return <i className="solid" style={{ width: size, height: size }} {...spoken(label)} />
}

function spoken(label: string | undefined) {
  return label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
}
