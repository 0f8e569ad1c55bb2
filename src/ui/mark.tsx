/** The Evertill E: a solid stem and three tape lines cut at the hatch's angle. Beside its own name it is decoration: `label=""`. */
export function Mark({
  size = 28,
  label = 'Evertill',
  className,
}: {
  size?: number
  label?: string
  className?: string
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 28 28"
      fill="currentColor"
      {...(label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      className={className ? `shrink-0 ${className}` : 'shrink-0'}
    >
      <path d="M4 3h20l-4.5 4.6H9.2V11.8h10.6l-4.4 4.4H9.2v4.2H24L19.5 25H4z" />
    </svg>
  )
}
