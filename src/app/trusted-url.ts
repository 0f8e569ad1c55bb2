type ScriptUrlPolicy = { createScriptURL(url: string): string }
type TrustedTypes = { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy }

const policy: ScriptUrlPolicy | undefined = (
  globalThis as { trustedTypes?: TrustedTypes }
).trustedTypes?.createPolicy('evertill', {
  createScriptURL(url) {
    const target = new URL(url, location.href)
    if (target.origin !== location.origin)
      throw new TypeError(`Script from another origin refused: ${target.origin}`)
    return target.href
  },
})

/** The content security policy lets scripts, workers too, start only from addresses that passed here: our own origin. */
export function trustedUrl(url: string): string {
  return policy ? policy.createScriptURL(url) : url
}
