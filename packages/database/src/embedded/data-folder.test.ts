import { defaultDataFolder } from './data-folder.ts'

const before = { ...process.env }
afterEach(() => {
  process.env = { ...before }
})

test('COMMONS_DATA is taken as it is', () => {
  process.env.COMMONS_DATA = '/srv/region-7'
  expect(defaultDataFolder()).toBe('/srv/region-7')
})

test('each checkout has a folder of its own, named so that a person finds it', () => {
  delete process.env.COMMONS_DATA
  process.env.XDG_DATA_HOME = '/home/ada/data'
  expect(defaultDataFolder()).toMatch(/\/carecommons\/[^/]+-[0-9a-f]{8}$/)
})
