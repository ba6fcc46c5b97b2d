/** Papers that are written as PDF. */
import type { OnPaper } from '../../api/generated'
import type { Endings } from '../../api/host'
import { say } from '../../shell/notices'

/** The ending of papers. */
export const PDF: Endings = [['PDF 文件', ['pdf']]]

/** Says where boxes stand for letters that no font here has. */
export function sayUndrawn({ undrawn }: OnPaper): void {
  if (undrawn > 0) say(`有 ${undrawn} 个生僻字这台电脑的字体里没有，文件里画成了方框；请安装带生僻字的字体后重新写出，或用笔补上。`)
}
