/** The acts of every record, put where its page asks for them. */
import { addActs, addStarts, setVeilBanner } from '../records/acts'
import * as activities from './activities/acts'
import { offered, page } from './act/offer'
import * as members from './members/acts'
import * as people from './people/acts'
import * as privacy from '../privacy/acts'
import * as stations from './stations/acts'
import * as units from './units/acts'
import * as volunteers from './volunteers/acts'
import type { Row } from './act/declare'

const NONE = { needs: 'none' } as const
const ONE = { needs: 'one' } as const
const SOME = { needs: 'some' } as const
const SEVERAL = { needs: 'several' } as const
/** The acts on a person's own data, wherever the person stands. */
const own = () => [
  offered(privacy.exportPerson, { ...ONE, veiled: 'too' }),
  offered(privacy.block, { ...SOME, apart: true }),
  offered(privacy.unblock, { ...SOME, veiled: 'only', apart: true }),
  offered(privacy.erase, { ...SOME, right: 'manage', veiled: 'too', apart: true }),
]
const first = (path: (id: string) => string) => (rows: readonly Row[]): string => path(String(rows[0]?.id ?? ''))

/** Offers all of them, and names what new rows begin with; called once, before the first page. */
export function offerActs(): void {
  setVeilBanner(() => import('../privacy/BlockedBanner.vue').then(({ default: banner }) => banner))
  addStarts('activity', { state: 'planned' })
  addStarts('station', { state: 'open', opening: 'regular' })
  addStarts('service', { source: 'signed_in' })
  addActs('unit', [
    page('工会树', () => '/units', { ...NONE, primary: true }),
    offered(units.open, NONE),
    offered(units.relocate, ONE),
    offered(units.close, ONE),
    offered(units.merge, ONE),
  ])
  addActs('person', [offered(people.merge, SEVERAL), offered(volunteers.registerPeople, SOME), ...own()])
  addActs('member', [
    offered(members.join, { ...NONE, primary: true }),
    offered(members.transfer, SOME),
    page('批量入会…', () => '/members/join', { ...NONE, right: 'enter' }),
    offered(members.transferIn, NONE),
    offered(members.openBook, NONE),
    offered(members.retain, SOME),
    offered(members.resume, SOME),
    offered(members.leave, SOME),
    offered(members.expel, SOME),
    offered(members.dues, SOME),
    offered(volunteers.registerMembers, SOME),
    page('打印入会申请书', first((id) => `/print/application/${id}`), ONE),
    page('打印会员登记表', first((id) => `/print/member/${id}`), ONE),
    ...own(),
  ])
  addActs('station', [
    page('服务人次', first((id) => `/stations/${id}/visits`), { ...ONE, primary: true }),
    page('站点分布图', () => '/stations/map', NONE),
    offered(stations.inspect, ONE),
  ])
  addActs('inspection', [offered(stations.clear, ONE)])
  addActs('activity', [
    page('参加名单', first((id) => `/activities/${id}/people`), { ...ONE, primary: true }),
    page('服务时长', first((id) => `/activities/${id}/hours`), { ...ONE, primary: true }),
    offered(activities.hold, ONE),
    offered(activities.count, ONE),
    page('打印签到表', first((id) => `/print/sign-in/${id}`), ONE),
  ])
  addActs('volunteer', [offered(volunteers.register, { ...NONE, primary: true }), offered(volunteers.moveToTeam, SOME), offered(volunteers.certify, { ...SOME, right: 'read' }), offered(volunteers.end, SOME)])
}
