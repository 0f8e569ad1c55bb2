// Loaded by oxlint itself, which on an older Node cannot read TypeScript: hence .js.

const mend = 'The pure core has no clock. Take the time as an argument, such as `now: Instant`.'

/** Bans `new Date()` and `Date()`; `new Date(milliseconds)` only converts and stays allowed. */
const noWallClock = {
  create(context) {
    return {
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0)
          context.report({ node, message: mend })
      },
      CallExpression(node) {
        if (node.callee.name === 'Date') context.report({ node, message: mend })
      },
    }
  },
}

export default { meta: { name: 'pure' }, rules: { 'no-wall-clock': noWallClock } }
