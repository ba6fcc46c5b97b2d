import { describe, expect, it } from 'vitest'
import { fileName, folderOf, joined, withEnding } from './place'

describe('places of files', () => {
  it('takes out of a name what no disk takes', () => {
    expect(fileName('梅塘县总工会'), 'a plain name').toBe('梅塘县总工会.unionbook')
    expect(fileName(' a/b:c*?"d|. '), 'marks become one blank').toBe('a b c d.unionbook')
    expect(fileName('///'), 'nothing left').toBe('工会台账.unionbook')
  })
  it('joins as the system does', () => {
    expect(joined('C:\\Users\\a\\Documents', 'x.unionbook'), 'Windows').toBe('C:\\Users\\a\\Documents\\x.unionbook')
    expect(joined('/home/a/文档/', 'x.unionbook'), 'Linux').toBe('/home/a/文档/x.unionbook')
    expect(folderOf(joined('D:\\账', 'x')), 'and takes apart again').toBe('D:\\账')
  })
  it('adds the ending once', () => {
    expect([withEnding('/a/b'), withEnding('/a/b.unionbook'), withEnding(' ')], 'added, there, nothing to add to').toEqual(['/a/b.unionbook', '/a/b.unionbook', ''])
  })
})
