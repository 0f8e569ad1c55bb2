import type { Customer, StaffRole } from '#domain/catalogue.ts'
import { createRandom, idOf } from './random.ts'

/** Who can sign in at the demo's tills. PINs of a demo are no secret: they are printed when it starts. */
export type DemoPerson = {
  readonly name: string
  readonly role: StaffRole
  readonly pin: string
  /** Null: all stores. */
  readonly store: string | null
}

export const demoOwner = {
  name: 'Marguerite Okonkwo-Lindqvist',
  email: 'owner@evertill.example',
  password: 'harbor-street-demo',
}

export const demoStaff: readonly DemoPerson[] = [
  { name: demoOwner.name, role: 'owner', pin: '2580', store: null },
  { name: 'Tomás Herrera', role: 'manager', pin: '4711', store: null },
  { name: 'Annika Brandt', role: 'manager', pin: '4712', store: null },
  { name: 'Priya Raghunathan', role: 'lead', pin: '3001', store: 'Harbor Street' },
  { name: 'Leo Castellano', role: 'lead', pin: '3002', store: 'Mill Lane' },
  { name: 'Yuki Tanabe', role: 'lead', pin: '3003', store: 'Airport' },
  { name: 'Sam Whitaker', role: 'cashier', pin: '1234', store: 'Harbor Street' },
  { name: 'Noor Haddad', role: 'cashier', pin: '1235', store: 'Harbor Street' },
  { name: 'Jonas Pettersson', role: 'cashier', pin: '1236', store: 'Harbor Street' },
  { name: 'Isabela Ferreira dos Santos', role: 'cashier', pin: '1237', store: 'Harbor Street' },
  { name: 'Mei-Ling Zhao', role: 'cashier', pin: '1238', store: 'Mill Lane' },
  { name: 'Derrick Osei', role: 'cashier', pin: '1239', store: 'Mill Lane' },
  { name: 'Clara Novak', role: 'cashier', pin: '1240', store: 'Airport' },
  { name: 'Finn O’Sullivan', role: 'cashier', pin: '1241', store: 'Airport' },
]

/** Customers with numbers and addresses that are kept free for examples (555-01xx, example.com). */
export function makeCustomers(seed: number, count: number): Customer[] {
  const random = createRandom(seed, 'customers')
  const taken = new Set<string>()
  const customers: Customer[] = []
  while (customers.length < count) {
    const [first, last] = [random.pick(firstNames), random.pick(lastNames)]
    const name = `${first} ${last}`
    if (taken.has(name)) continue
    taken.add(name)
    const number = customers.length
    const area = 201 + random.int(780)
    customers.push({
      customerId: idOf(seed, 'customer', name),
      name,
      phone: random.isChance(0.8) ? `+1 ${area} 555 01${String(number % 100).padStart(2, '0')}` : null,
      email: random.isChance(0.7) ? `${asAddress(first)}.${asAddress(last)}@example.com` : null,
    })
  }
  return customers
}

function asAddress(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()
}

const firstNames = (
  'Aaliyah Abigail Adrian Amara Anders André Aoife Benjamin Björn Camila Chidi Chloé Daniel Dimitri Elena Elif ' +
  'Ethan Fatima Felix Gabriela Grace Hana Hugo Ibrahim Imani Ingrid Isaac Jamal Jasmine Joaquín Julia Kai Kavita ' +
  'Lars Leila Liam Lucía Malik Margaret Mateo Maya Mohammed Naomi Nia Oliver Olivia Omar Patrick Petra Quinn ' +
  'Rafael Renée Rosa Samira Sebastian Sofia Tariq Thandiwe Valentina Victor Wanjiru William Ximena Zoë'
).split(' ')

const lastNames = (
  'Abernathy Adeyemi Alvarez Andersson Bauer Bianchi Brennan Carvalho Chen Cohen Costa Dubois Eriksen Fitzgerald ' +
  'Fontaine Garcia Goldberg Gupta Hansen Hernández Ivanova Jackson Kaplan Kowalczyk Laurent Lee Lopez MacAllister ' +
  'Mbeki Mendoza Mitchell Moreau Nakamura Nguyen Novotny Okafor Park Patel Quigley Ramirez Rossi Schneider Silva ' +
  'Singh Sørensen Thompson Vandenberg Villanueva Wallace Washington Weissmann Yamamoto Yılmaz Zimmermann'
).split(' ')
