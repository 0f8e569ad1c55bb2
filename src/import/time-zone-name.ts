import { isKnownZone } from './instant-of.ts'

/**
 * The IANA zone for a zone name in an export: an IANA name itself, or one of the Rails names that Square writes
 * (`Eastern Time (US & Canada)`; ActiveSupport::TimeZone::MAPPING). Null when it is neither.
 */
export function ianaZone(name: string): string | null {
  const plain = name.trim()
  const known = railsZones[plain]
  if (known) return known
  return /^[A-Za-z]+\/[\w+/-]+$|^UTC$/.test(plain) && isKnownZone(plain) ? plain : null
}

const railsZones: Readonly<Record<string, string>> = {
  Hawaii: 'Pacific/Honolulu',
  Alaska: 'America/Juneau',
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
  Tijuana: 'America/Tijuana',
  Arizona: 'America/Phoenix',
  'Mountain Time (US & Canada)': 'America/Denver',
  'Central Time (US & Canada)': 'America/Chicago',
  Saskatchewan: 'America/Regina',
  'Mexico City': 'America/Mexico_City',
  'Eastern Time (US & Canada)': 'America/New_York',
  'Indiana (East)': 'America/Indiana/Indianapolis',
  'Atlantic Time (Canada)': 'America/Halifax',
  'Puerto Rico': 'America/Puerto_Rico',
  Newfoundland: 'America/St_Johns',
  Brasilia: 'America/Sao_Paulo',
  'Buenos Aires': 'America/Argentina/Buenos_Aires',
  London: 'Europe/London',
  Edinburgh: 'Europe/London',
  Dublin: 'Europe/Dublin',
  Lisbon: 'Europe/Lisbon',
  Madrid: 'Europe/Madrid',
  Paris: 'Europe/Paris',
  Brussels: 'Europe/Brussels',
  Amsterdam: 'Europe/Amsterdam',
  Berlin: 'Europe/Berlin',
  Bern: 'Europe/Zurich',
  Zurich: 'Europe/Zurich',
  Rome: 'Europe/Rome',
  Vienna: 'Europe/Vienna',
  Copenhagen: 'Europe/Copenhagen',
  Stockholm: 'Europe/Stockholm',
  Prague: 'Europe/Prague',
  Warsaw: 'Europe/Warsaw',
  Athens: 'Europe/Athens',
  Helsinki: 'Europe/Helsinki',
  Istanbul: 'Europe/Istanbul',
  Jerusalem: 'Asia/Jerusalem',
  'New Delhi': 'Asia/Kolkata',
  Singapore: 'Asia/Singapore',
  'Hong Kong': 'Asia/Hong_Kong',
  Perth: 'Australia/Perth',
  Tokyo: 'Asia/Tokyo',
  Osaka: 'Asia/Tokyo',
  Darwin: 'Australia/Darwin',
  Adelaide: 'Australia/Adelaide',
  Brisbane: 'Australia/Brisbane',
  Sydney: 'Australia/Sydney',
  Melbourne: 'Australia/Melbourne',
  Canberra: 'Australia/Canberra',
  Hobart: 'Australia/Hobart',
  Auckland: 'Pacific/Auckland',
  Wellington: 'Pacific/Auckland',
  UTC: 'Etc/UTC',
}
