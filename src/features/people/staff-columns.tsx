import type { Staff } from '#domain/catalogue.ts'
import { Badge } from '../../ui/badge.tsx'
import type { TableColumn } from '../../ui/table.tsx'
import { roleNames, roles } from './role-words.ts'
import { storeWords } from './staff-filter.ts'

/** On phones one column says who, as what and where. */
export function staffColumns(
  storeNames: ReadonlyMap<string, string>,
  isPhone: boolean,
): readonly TableColumn<Staff>[] {
  const name: TableColumn<Staff> = {
    key: 'name',
    header: 'Name',
    cell: (person) => (
      <span className={person.isActive ? 'font-label' : 'font-label text-ink-2'}>
        <bdi>{person.name}</bdi>
        {isPhone && (
          <small className="block text-xs font-normal text-ink-2">
            {roleNames[person.role]}, {storeWords(person.storeIds, storeNames)}
          </small>
        )}
      </span>
    ),
    sortBy: (person) => person.name,
    wraps: true,
  }
  const state: TableColumn<Staff> = {
    key: 'state',
    header: 'At the till',
    cell: (person) => <StaffState person={person} />,
    sortBy: (person) => (person.isActive ? (person.pin === null ? 1 : 0) : 2),
    width: isPhone ? '7.5rem' : '9rem',
    unbroken: true,
  }
  if (isPhone) return [name, state]
  return [
    name,
    {
      key: 'role',
      header: 'Role',
      cell: (person) => roleNames[person.role],
      sortBy: (person) => roles.indexOf(person.role),
      width: '9rem',
    },
    {
      key: 'stores',
      header: 'Stores',
      cell: (person) => <span>{storeWords(person.storeIds, storeNames)}</span>,
      sortBy: (person) => storeWords(person.storeIds, storeNames),
      wraps: true,
    },
    state,
  ]
}

function StaffState({ person }: { person: Staff }) {
  if (!person.isActive) return <Badge>Dismissed</Badge>
  return person.pin === null ? <Badge tone="attention">No PIN yet</Badge> : <span>PIN set</span>
}
