import type { Random } from './random.ts'

/** Names that nobody could take for a real patient's: family names say that they are invented, given names are plants and stones. */
const STEMS = 'Tester Sample Demo Mock Example Trial Pretend Fictive Synth Invent Specimen Placeholder Dummy Fabric Draft Proto'.split(' ')
const ENDINGS = 'man ton worth ley sen field wick berry croft shire wood ford stein dale brook lund stone by well gate'.split(' ')

const FEMALE = [
  'Marigold Juniper Clementine Primrose Azalea Magnolia Saffron Clover Dahlia Zinnia Verbena Wisteria Camellia Larkspur',
  'Peony Tansy Bryony Garnet Opaline Amethyst Tourmaline Celestine Calla Hyacinth Lavender Mimosa Freesia Gardenia Petunia',
  'Begonia Acacia Sorrel Senna Plum Damson Tamarind Anise Fennel Myrtle Laurelle',
].flatMap((line) => line.split(' '))
const MALE = [
  'Basil Jasper Alder Cedar Linden Hawthorn Sumac Bracken Yarrow Thistle Spruce Hickory Tamarack Onyx Cobalt Granite Flint',
  'Feldspar Beryl Quartz Larch Chestnut Rowan Sorghum Barley Burdock Chicory Dill Cumin Nutmeg Oregano Pepper Sage',
  'Tarragon Teasel Walnut Pecan Birch Mulberry Zircon',
].flatMap((line) => line.split(' '))

const SYLLABLES = [
  'Alder Bramble Candle Dapple Ember Fennel Gosling Heron Inkle Juniper Kestrel Larken Mallow Nettle Osier Pippin Quill',
  'Russet Sorrel Thimble Umber Vetch Willet Yarrow',
].flatMap((line) => line.split(' '))
const PLACES = 'mere|ham Falls|wick| Hollow|bury| Notch|ford| Corners|ville| Landing|ton Mills| Gap|dale| Crossing|port'.split('|')

const STREETS =
  'Sample Street|Specimen Road|Placeholder Lane|Demo Avenue|Fixture Hill Road|Example Terrace|Prototype Drive|Mockup Court'.split('|')

export const familyName = (random: Random): string => random.pick(STEMS) + random.pick(ENDINGS)

export const givenName = (random: Random, sex: 'male' | 'female'): string => random.pick(sex === 'female' ? FEMALE : MALE)

export const streetLine = (random: Random): string => `${random.whole(1, 480)} ${random.pick(STREETS)}`

/** 555-0100 to 555-0199 are set aside for fiction. */
export const phoneNumber = (random: Random): string => `518-555-01${String(random.whole(0, 99)).padStart(2, '0')}`

/** How many towns can be told apart. */
export const TOWN_COUNT = SYLLABLES.length * PLACES.length

/** Invented towns in an order of their own for each seed, all different. */
export function townNames(random: Random, count: number): string[] {
  const syllables = random.shuffled(SYLLABLES)
  const places = random.shuffled(PLACES)
  // Each round shifts the endings by one, so that neither half repeats among neighbours.
  return Array.from(
    { length: count },
    (_, i) => syllables[i % syllables.length]! + places[((i % syllables.length) + Math.floor(i / syllables.length)) % places.length]!,
  )
}
