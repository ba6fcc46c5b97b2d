import { expect, it } from 'vitest'
import { fits, lineOf, linesOf, meant } from './lines'

it('names stand a line each, or on one line', () => {
  expect(linesOf('张三\r\n李四\r\n').map(({ name }) => name), 'lines').toEqual(['张三', '李四'])
  expect(linesOf('张三、李四，王五 赵六').map(({ name }) => name), 'one line').toEqual(['张三', '李四', '王五', '赵六'])
  expect(linesOf('张三\n张三\n李四').map(({ name }) => name), 'a double is named once').toEqual(['张三', '李四'])
})

it('a block from Excel gives name and number whatever else it holds', () => {
  const lines = linesOf('序号\t姓名\t性别\t身份证号\n1\t张三\t男\t000000199001010015\n2\t阿不都·买买提\t男\t00000019900101002x')
  expect(lines.map(({ name, number }) => [name, number]), 'the heading is no person').toEqual([
    ['张三', '000000199001010015'],
    ['阿不都·买买提', '00000019900101002X'],
  ])
  expect(lineOf('3、王五 13900001234'), 'a running number is passed over').toMatchObject({ name: '王五', number: '13900001234' })
  const unions = linesOf('单位\t姓名\t手机\n甲厂工会\t张三\t13900001234')
  expect(unions.map(({ name, number, at }) => [name, number, at]), 'the heading says where the names stand').toEqual([['张三', '13900001234', 1]])
  expect(lineOf('   '), 'an empty line names nobody').toBeNull()
})

it('a number decides between people of one name, masked or not', () => {
  const people = [
    { id: 1, name: '张三', numbers: ['000000********0015', ''] },
    { id: 2, name: '张三', numbers: ['000000********0023', '139****1234'] },
    { id: 3, name: '张三丰', numbers: [] },
  ]
  const line = (name: string, number: string) => ({ text: '', name, number, at: 0 })
  expect(meant(line('张三', ''), people).map(({ id }) => id), 'the name alone leaves two, and never a longer name').toEqual([1, 2])
  expect(meant(line('张三', '000000199001010023'), people).map(({ id }) => id), 'the id number decides').toEqual([2])
  expect(meant(line('张三', '1234'), people).map(({ id }) => id), 'the last four of a phone decide').toEqual([2])
  expect(meant(line('张三', '9999'), people).map(({ id }) => id), 'a number that fits nobody leaves the question open').toEqual([1, 2])
  expect(fits('000000********0015', '000000199001010023'), 'another number does not fit').toBe(false)
})
