import { expect, test } from 'vitest'
import { drawPicture } from '../../server/seed/pictures.ts'
import { makeShop } from '../../server/seed/make-shop.ts'

test('a picture’s id is made of its drawing', () => {
  const teal = drawPicture('cup', '#2f7d76')
  expect(teal.pictureId).toMatch(/^[0-9a-f]{32}$/)
  expect(drawPicture('cup', '#2f7d76')).toEqual(teal)
  expect(drawPicture('cup', '#2f7d77').pictureId).not.toBe(teal.pictureId)
})

test('every picture is small, closed and asks for nothing from elsewhere', () => {
  for (const svg of makeShop(1).catalogue.pictures.values()) {
    expect(svg.length).toBeLessThan(3_000)
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 96 96">.*<\/svg>$/)
    expect(svg).not.toMatch(/NaN|undefined|href|url\(|<script|<style/)
    expect(svg.match(/<g\b/g)?.length ?? 0).toBe(svg.match(/<\/g>/g)?.length ?? 0)
  }
})
