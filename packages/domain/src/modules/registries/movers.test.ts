import { movesOf } from './movers.ts'
import type { Reading } from './stays.ts'

const reading = (isIn: boolean, entry: readonly string[] = [], exit: readonly string[] = [], label: Reading['label'] = null): Reading => ({
  ...{ label, isIn },
  entry: entry.map((clause) => ({ clause, facts: [`Condition/${clause}`] })),
  exit: exit.map((clause) => ({ clause, facts: [] })),
})

describe('what a switch to another version would do', () => {
  it('names the clauses that put somebody in and those that take somebody out', () => {
    const by = (isIn: boolean, entry: readonly string[], exit: readonly string[] = []) => [reading(isIn, entry, exit)]
    expect(movesOf(by(false, []), by(true, ['Glucose']))).toEqual([
      { change: 'enters', label: null, reasons: [{ clause: 'Glucose', facts: ['Condition/Glucose'], part: 'entry', change: 'gained' }] },
    ])
    expect(movesOf(by(true, ['Problem', 'Glucose']), by(true, ['Glucose']))).toEqual([{ change: 'stays', label: null, reasons: [] }])
    expect(movesOf(by(true, ['Problem']), by(false, []))).toMatchObject([
      { change: 'leaves', reasons: [{ clause: 'Problem', part: 'entry', change: 'lost' }] },
    ])
    expect(movesOf(by(true, ['Problem']), by(false, ['Problem'], ['Moved away']))).toMatchObject([
      { change: 'leaves', reasons: [{ clause: 'Moved away', part: 'exit', change: 'gained' }] },
    ])
    expect(movesOf(by(false, ['Problem'], ['Moved away']), by(true, ['Problem']))).toMatchObject([
      { change: 'enters', reasons: [{ clause: 'Moved away', part: 'exit', change: 'lost' }] },
    ])
  })

  it('says nothing of who is in neither, and of whom the version in force cannot tell; whom the other cannot evaluate stays', () => {
    expect(movesOf([reading(false)], [reading(false)])).toEqual([])
    expect(movesOf([null], [reading(true)])).toEqual([])
    expect(movesOf([reading(true)], [null])).toEqual([{ change: 'stays', label: null, reasons: [] }])
    expect(movesOf([reading(false)], [null])).toEqual([])
  })

  it('where the registry was not counted everybody who is in it comes in', () => {
    expect(movesOf([], [reading(true, ['Problem'])])).toMatchObject([
      { change: 'enters', reasons: [{ clause: 'Problem', part: 'entry', change: 'gained' }] },
    ])
  })

  it('tells whoever may not read labelled records nothing that follows from them', () => {
    const before = [reading(true, ['Problem']), reading(true, ['Problem'], [], 'behavioral'), reading(true, ['Problem'], [], 'part2')]
    const after = [reading(false), reading(false, [], [], 'behavioral'), reading(true, ['Stay'], [], 'part2')]
    expect(movesOf(before, after)).toMatchObject([
      { change: 'leaves', label: null, reasons: [{ clause: 'Problem' }] },
      { change: 'enters', label: 'part2', reasons: [{ clause: 'Stay', change: 'gained' }] },
    ])
    // What labelled records add to an open stay is nobody's reason.
    const open = [
      reading(true, ['Problem']),
      reading(true, ['Problem', 'Stay'], [], 'behavioral'),
      reading(true, ['Problem', 'Stay'], [], 'part2'),
    ]
    expect(movesOf([reading(false), reading(false, [], [], 'behavioral'), reading(false, [], [], 'part2')], open)).toEqual([
      { change: 'enters', label: null, reasons: [{ clause: 'Problem', facts: ['Condition/Problem'], part: 'entry', change: 'gained' }] },
    ])
  })
})
