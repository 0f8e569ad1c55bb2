import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouteComponent,
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

function screen<const Path extends `/${string}`>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => root, path, component })
}

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

const till = screen(
  '/till',
  lazyRouteComponent(() => import('../features/sell/till-screen.tsx'), 'TillScreen'),
)
const pay = screen(
  '/till/pay',
  lazyRouteComponent(() => import('../features/pay/pay-screen.tsx'), 'PayScreen'),
)
const orders = screen(
  '/till/orders',
  lazyRouteComponent(() => import('../features/orders/orders-screen.tsx'), 'OrdersScreen'),
)
const receipt = screen(
  '/till/orders/$orderId',
  lazyRouteComponent(() => import('../features/orders/receipt-screen.tsx'), 'ReceiptScreen'),
)
const dashboard = screen(
  '/dashboard',
  lazyRouteComponent(() => import('../features/dashboard/dashboard-screen.tsx'), 'DashboardScreen'),
)
const importing = screen(
  '/import',
  lazyRouteComponent(() => import('../features/import/import-screen.tsx'), 'ImportScreen'),
)
const registers = screen(
  '/registers',
  lazyRouteComponent(() => import('../features/registers/registers-screen.tsx'), 'RegistersScreen'),
)
const journals = screen(
  '/registers/journals',
  lazyRouteComponent(() => import('../features/registers/journals-screen.tsx'), 'JournalsScreen'),
)
const inbox = screen(
  '/inbox',
  lazyRouteComponent(() => import('../features/inbox/inbox-screen.tsx'), 'InboxScreen'),
)
const catalogue = screen(
  '/catalogue',
  lazyRouteComponent(() => import('../features/catalogue/catalogue-screen.tsx'), 'CatalogueScreen'),
)
const people = screen(
  '/people',
  lazyRouteComponent(() => import('../features/people/people-screen.tsx'), 'PeopleScreen'),
)
const sync = screen(
  '/sync',
  lazyRouteComponent(() => import('../features/sync/sync-screen.tsx'), 'SyncScreen'),
)
const settings = screen(
  '/settings',
  lazyRouteComponent(() => import('../features/settings/settings-screen.tsx'), 'SettingsScreen'),
)
const welcome = screen(
  '/welcome',
  lazyRouteComponent(() => import('../features/welcome/welcome-screen.tsx'), 'WelcomeScreen'),
)
/** The QR code of an enrolment points here: `/enrol#CODE`; the code stays out of server logs. */
const enrol = screen(
  '/enrol',
  lazyRouteComponent(() => import('../features/welcome/enrol-screen.tsx'), 'EnrolScreen'),
)
const setUp = screen(
  '/set-up',
  lazyRouteComponent(() => import('../features/welcome/set-up-screen.tsx'), 'SetUpScreen'),
)
const signIn = screen(
  '/sign-in',
  lazyRouteComponent(() => import('../features/welcome/sign-in-screen.tsx'), 'SignInScreen'),
)

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
