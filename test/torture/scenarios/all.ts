import type { Scenario } from '../scenario.ts'
import { browserKilled } from './browser-killed.ts'
import { frozenTab } from './frozen-tab.ts'
import { networkFaults } from './network-faults.ts'
import { serverKilled } from './server-killed.ts'
import { tabsAtOnce } from './tabs-at-once.ts'

export const scenarios: readonly Scenario[] = [browserKilled, serverKilled, networkFaults, tabsAtOnce, frozenTab]
