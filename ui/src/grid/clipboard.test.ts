import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromText, spread, toText } from './clipboard'

const texts = fc.oneof(fc.string(), fc.constantFrom('', '"', '""', 'a"b', '"x"', '张三', 'a\tb', '第一行\n第二行', '=SUM(A1)', ' ', '"a"b'))
const blocks = fc.integer({ min: 1, max: 5 }).chain((wide) => fc.array(fc.array(texts, { minLength: wide, maxLength: wide }), { minLength: 1, maxLength: 6 }))
const lined = (text: string): string => text.replace(/\r\n?/g, '\n')

describe('the clipboard', () => {
  it('gives back every block that it took', () => {
    fc.assert(
      fc.property(blocks, (cells) => {
        expect(fromText(toText(cells)), 'there and back').toEqual(cells.map((row) => row.map(lined)))
      }),
      { numRuns: 2000 },
    )
  })
  it('reads what Excel writes: quoted cells with line breaks and quotes', () => {
    const excel = '姓名\t备注\r\n张三\t"第一行\n说“""好""”"\r\n'
    expect(fromText(excel), 'three cells of one line, one of two').toEqual([['姓名', '备注'], ['张三', '第一行\n说“"好"”']])
  })
  it('reads what WPS writes: plain line ends, none after the last row', () => {
    expect(fromText('1\t2\n3\t4'), 'two rows').toEqual([['1', '2'], ['3', '4']])
  })
  it('keeps empty cells and empty rows', () => {
    expect(fromText('a\t\t\r\n\r\nb'), 'where they stood').toEqual([['a', '', ''], [''], ['b']])
    expect(fromText(''), 'nothing is no row').toEqual([])
  })
  it('takes a lone quote as it stands', () => {
    expect(fromText('"5 寸\t屏'), 'not closed').toEqual([['"5 寸', '屏']])
    expect(fromText('"甲"组\t乙'), 'followed by text').toEqual([['"甲"组', '乙']])
  })
  it('repeats one cell or row over what is chosen, and leaves alone what does not fit', () => {
    expect(spread([['a']], 2, 2), 'one cell').toEqual([['a', 'a'], ['a', 'a']])
    expect(spread([['a', 'b']], 3, 2), 'one row').toEqual([['a', 'b'], ['a', 'b'], ['a', 'b']])
    expect(spread([['a'], ['b']], 3, 1), 'two do not fit into three').toEqual([['a'], ['b']])
  })
})
