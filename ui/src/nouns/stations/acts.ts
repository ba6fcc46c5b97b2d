/** The acts on stations: inspection, and what was wrong being mended. */
import { day, id, once, text, yes, type Act } from '../act/declare'

/** 检查站点。 */
export const inspect: Act = {
  title: '检查站点',
  button: '登记检查',
  fields: [
    { name: 'day', like: 'inspection.day', required: true, start: 'today' },
    { name: 'inspector', like: 'inspection.inspector' },
    { name: 'faulty', own: { label: '发现问题', kind: 'bool' }, start: false },
    { name: 'problems', like: 'inspection.problems', required: true, when: (values) => yes(values.faulty) },
    { name: 'due', like: 'inspection.due', required: true, when: (values) => yes(values.faulty) },
    { name: 'note', like: 'inspection.note' },
  ],
  tells: (values, _, { word }) => (yes(values.faulty) ? `登记为限期整改${word('due') ? `，${word('due')} 前整改` : ''}，站点状态随之改为“整改”。` : '登记为检查合格。'),
  run: once(
    'stations.inspect',
    (values, [row]) => ({ station: id(row?.id), day: day(values.day), inspector: text(values.inspector), problems: text(values.problems), due: text(values.due), note: text(values.note) }),
    (_, __, [row]) => `已登记“${String(row?.name)}”的检查。`,
  ),
}

/** 整改合格。 */
export const clear: Act = {
  title: '站点整改合格',
  button: '登记整改合格',
  unfit: (row) => (row.verdict === 'passed' ? '检查合格，不用整改' : row.cleared ? `已于 ${String(row.cleared)} 整改合格` : ''),
  fields: [{ name: 'day', like: 'inspection.cleared', required: true, start: 'today' }],
  tells: (_, __, { word }) => `登记 ${word('day')} 整改合格；没有别的整改的，站点由“整改”恢复为“开放”。`,
  run: once('stations.clear_inspection', (values, [row]) => ({ inspection: id(row?.id), day: day(values.day) }), () => '已登记整改合格。'),
}
