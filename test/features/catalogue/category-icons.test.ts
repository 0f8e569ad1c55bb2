import { expect, test } from 'vitest'
import { categoryIcons } from '../../../src/features/catalogue/category-icons.ts'
import { categoryIcon } from '../../../src/features/sell/category-icons.ts'

test.each(categoryIcons)('the till draws $name as it was chosen', ({ name, glyph }) =>
  expect(categoryIcon(name)).toBe(glyph),
)
