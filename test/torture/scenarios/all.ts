import type { Scenario } from '../scenario.ts'
import { browserKilled } from './browser-killed.ts'
import { frozenTab } from './frozen-tab.ts'
import { networkFaults } from './network-faults.ts'
import { quotaFull } from './quota-full.ts'
import { serverKilled } from './server-killed.ts'
import { serverRestored } from './server-restored.ts'
import { tabsAtOnce } from './tabs-at-once.ts'
import { versionRaces } from './version-races.ts'

export const scenarios: readonly Scenario[] = [
  browserKilled,
  serverKilled,
  networkFaults,
  tabsAtOnce,
  frozenTab,
  quotaFull,
  serverRestored,
  versionRaces,
]
