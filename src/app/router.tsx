import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { Shell } from './shell.tsx'
import { StartError } from './start-error.tsx'
import { device } from './device.ts'

const root = createRootRoute({
  component: Shell,
  errorComponent: StartError,
  // In plain http over a network a browser gives neither keys nor offline pages: the way in says so.
  beforeLoad: ({ location }) => {
    if (!isSecureContext && !wayIn.includes(location.pathname)) throw redirect({ to: '/welcome' })
  },
})

const wayIn = ['/welcome', '/enrol', '/set-up', '/sign-in']

/** A register opens the till, an office device the dashboard, a new browser the way in. */
const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async () => {
    const state = await device.device()
    throw redirect({
      to: state.kind === 'register' ? '/till' : state.kind === 'office' ? '/dashboard' : '/welcome',
    })
  },
})

const till = createRoute({
  getParentRoute: () => root,
  path: '/till',
  component: lazyRouteComponent(() => import('../features/sell/till-screen.tsx'), 'TillScreen'),
})
const pay = createRoute({
  getParentRoute: () => root,
  path: '/till/pay',
  component: lazyRouteComponent(() => import('../features/pay/pay-screen.tsx'), 'PayScreen'),
})
const orders = createRoute({
  getParentRoute: () => root,
  path: '/till/orders',
  component: lazyRouteComponent(() => import('../features/orders/orders-screen.tsx'), 'OrdersScreen'),
})
const receipt = createRoute({
  getParentRoute: () => root,
  path: '/till/orders/$orderId',
  component: lazyRouteComponent(() => import('../features/orders/receipt-screen.tsx'), 'ReceiptScreen'),
})
const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/dashboard',
  component: lazyRouteComponent(
    () => import('../features/dashboard/dashboard-screen.tsx'),
    'DashboardScreen',
  ),
})
const importing = createRoute({
  getParentRoute: () => root,
  path: '/import',
  component: lazyRouteComponent(() => import('../features/import/import-screen.tsx'), 'ImportScreen'),
})
const registers = createRoute({
  getParentRoute: () => root,
  path: '/registers',
  component: lazyRouteComponent(
    () => import('../features/registers/registers-screen.tsx'),
    'RegistersScreen',
  ),
})
const journals = createRoute({
  getParentRoute: () => root,
  path: '/registers/journals',
  component: lazyRouteComponent(() => import('../features/registers/journals-screen.tsx'), 'JournalsScreen'),
})
const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  component: lazyRouteComponent(() => import('../features/inbox/inbox-screen.tsx'), 'InboxScreen'),
})
const catalogue = createRoute({
  getParentRoute: () => root,
  path: '/catalogue',
  component: lazyRouteComponent(
    () => import('../features/catalogue/catalogue-screen.tsx'),
    'CatalogueScreen',
  ),
})
const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: lazyRouteComponent(() => import('../features/people/people-screen.tsx'), 'PeopleScreen'),
})
const sync = createRoute({
  getParentRoute: () => root,
  path: '/sync',
  component: lazyRouteComponent(() => import('../features/sync/sync-screen.tsx'), 'SyncScreen'),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-screen.tsx'), 'SettingsScreen'),
})
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../features/welcome/welcome-screen.tsx'), 'WelcomeScreen'),
})
/** The QR code of an enrolment points here: `/enrol#CODE`; the code stays out of server logs. */
const enrol = createRoute({
  getParentRoute: () => root,
  path: '/enrol',
  component: lazyRouteComponent(() => import('../features/welcome/enrol-screen.tsx'), 'EnrolScreen'),
})
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  component: lazyRouteComponent(() => import('../features/welcome/set-up-screen.tsx'), 'SetUpScreen'),
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../features/welcome/sign-in-screen.tsx'), 'SignInScreen'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    till,
    pay,
    orders,
    receipt,
    dashboard,
    importing,
    registers,
    journals,
    inbox,
    catalogue,
    people,
    sync,
    settings,
    welcome,
    enrol,
    setUp,
    signIn,
  ]),
  defaultPreload: 'intent',
  defaultNotFoundComponent: StartError,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
