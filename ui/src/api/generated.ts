// Written by `cargo xtask gen` from the core's records and commands; a test fails where it is stale.

/** Anything that JSON holds. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The names of a record's fields that may be left out of a draft. */
type Spare<T> = { [K in keyof T]-?: null extends T[K] ? K : K extends 'id' ? K : never }[keyof T]

/** A record that is not stored yet: what may be empty may be left out. */
export type Draft<T> = Omit<T, Spare<T>> & Partial<Pick<T, Spare<T>>>

/** 账号：可以打开台账的人和他的角色；用“设置”里的“账号与钥匙”办理。 */
export interface Account {
  id: number
  /** 姓名 */
  name: string
  /** 角色 */
  role: 'admin' | 'clerk' | 'auditor' | 'reader'
  /** 启用时间 */
  since: number
  /** 停用日期 */
  removed: string | null
}

/** 合并记录：并入本台账的另一台电脑的记录：到哪一步为止。 */
export interface Merged {
  id: number
  /** 电脑编号 */
  seat: number
  /** 到第几步 */
  upto: number
  /** 校验值 */
  digest: string
  /** 步骤标记 */
  mark: number
  /** 经办人 */
  whose: string
  /** 时间 */
  entered: number
}

/** 合并对照：两台电脑各自登记的同一条记录：对方的编号在本台账里是哪一条。 */
export interface Twin {
  id: number
  /** 记录 */
  tab: string
  /** 对方编号 */
  theirs: number
  /** 本机编号 */
  ours: number
}

/** 个人信息使用登记：一次使用个人信息的登记；由程序写，不能改、不能删。 */
export interface Disclosure {
  id: number
  /** 用途 */
  kind: 'shown' | 'exported' | 'printed' | 'sent' | 'backed_up'
  /** 经办人 */
  clerk: string
  /** 时间 */
  entered: number
  /** 内容 */
  record: string
  /** 记录编号 */
  row_key: number | null
  /** 栏目 */
  columns: string
  /** 条数 */
  people: number
  /** 文件 */
  file: string | null
  /** 校验值 */
  digest: string | null
}

/** 工会组织：省、市、区县、乡镇街道的工会，到基层工会和它的分工会、小组。 */
export interface Unit {
  id: number
  /** 组织编号 */
  code: string
  /** 工会名称 */
  name: string
  /** 工会简称 */
  short_name: string | null
  /** 工会层级 */
  level: 'province' | 'city' | 'county' | 'town' | 'grassroots' | 'branch'
  /** 基层工会类型 */
  kind: string | null
  /** 上级工会 */
  parent: number | null
  /** 工会统一社会信用代码 */
  union_code: string | null
  /** 工会法人资格证书号 */
  legal_person_no: string | null
  /** 工会负责人 */
  head: string | null
  /** 联系电话 */
  phone: string | null
  /** 电子邮箱 */
  email: string | null
  /** 建会日期 */
  opened: string | null
  /** 撤销日期 */
  closed: string | null
  /** 并入的工会 */
  merged_into: number | null
  /** 单位名称 */
  employer: string | null
  /** 单位统一社会信用代码 */
  employer_code: string | null
  /** 单位性质类别 */
  nature: string | null
  /** 经济类型 */
  economy: string | null
  /** 所属行业 */
  industry: string | null
  /** 所在政区 */
  division: string | null
  /** 单位地址 */
  address: string | null
  /** 邮政编码 */
  postcode: string | null
  /** 备注 */
  note: string | null
}

/** 隶属变动：一个工会从一个上级改属另一个上级的一笔记录。 */
export interface UnitMove {
  id: number
  /** 工会 */
  unit: number
  /** 变动日期 */
  day: string
  /** 原上级工会 */
  before: number | null
  /** 新上级工会 */
  after: number | null
  /** 原因 */
  reason: string | null
  /** 录入时间 */
  entered: number
}

/** 职工人数：工会所在单位某一天的职工总数和其中数。 */
export interface Headcount {
  id: number
  /** 工会 */
  unit: number
  /** 截止日期 */
  day: string
  /** 职工人数 */
  staff: number
  /** 女职工人数 */
  women: number | null
  /** 农民工人数 */
  migrants: number | null
  /** 新就业形态劳动者人数 */
  new_employment: number | null
  /** 专职工会工作人员数 */
  full_time: number | null
  /** 兼职工会工作人员数 */
  part_time: number | null
  /** 录入时间 */
  entered: number
}

/** 人员：一个自然人只登记一次，会员、志愿者等都是他的身份。 */
export interface Person {
  id: number
  /** 姓名 */
  name: string
  /** 性别 */
  sex: 'unknown' | 'male' | 'female' | 'unstated'
  /** 出生日期 */
  birth: string | null
  /** 证件类别 */
  id_kind: 'resident' | 'hong_kong_macao_residence' | 'taiwan_residence' | 'foreign_permanent' | 'home_return_permit' | 'taiwan_permit' | 'foreign_permanent_old' | 'passport' | 'military' | 'other' | null
  /** 证件号码 */
  id_number: string | null
  /** 民族 */
  ethnic: string | null
  /** 学历 */
  education: string | null
  /** 政治面貌 */
  politics: string | null
  /** 婚姻状况 */
  marital: string | null
  /** 移动电话 */
  phone: string | null
  /** 电子邮箱 */
  email: string | null
  /** 现居住地址 */
  address: string | null
  /** 现居住政区 */
  division: string | null
  /** 户籍类型 */
  household: string | null
  /** 户籍所在地 */
  household_place: string | null
  /** 籍贯 */
  native_place: string | null
  /** 工作单位 */
  employer: string | null
  /** 工种 */
  job: string | null
  /** 职称 */
  title: string | null
  /** 就业状况 */
  employment: string | null
  /** 技术等级 */
  skill: string | null
  /** 参加工作日期 */
  started_work: string | null
  /** 备注 */
  note: string | null
}

/** 服务站点：工会建设或联合建设的服务站点：驿站、职工之家、书屋、健康站等，一处一条。 */
export interface Station {
  id: number
  /** 站点编码 */
  code: string
  /** 站点名称 */
  name: string
  /** 站点类型 */
  kind: string
  /** 站点级别 */
  level: string | null
  /** 主管工会 */
  unit: number
  /** 站点状态 */
  state: 'planned' | 'open' | 'mending' | 'stopped' | 'revoked'
  /** 建成日期 */
  built: string | null
  /** 停用日期 */
  closed: string | null
  /** 政区代码 */
  division: string | null
  /** 地址 */
  address: string | null
  /** 经度 */
  longitude: number | null
  /** 纬度 */
  latitude: number | null
  /** 坐标系 */
  datum: 'wgs84' | 'gcj02' | 'bd09' | null
  /** 地图可查 */
  mapped: boolean
  /** 建设方式 */
  mode: string | null
  /** 共建单位 */
  host: string | null
  /** 共建单位类型 */
  host_kind: string | null
  /** 面积（㎡） */
  area: number | null
  /** 覆盖职工（人） */
  covers: number | null
  /** 牌匾号 */
  plaque: string | null
  /** 开放类型 */
  opening: 'regular' | 'extended' | 'always'
  /** 开放时间 */
  hours: string | null
  /** 设施 */
  facilities: string[] | null
  /** 服务 */
  services: string[] | null
  /** 智能化 */
  smart: boolean
  /** 管理人员（人） */
  staff: number | null
  /** 站长 */
  manager: string | null
  /** 联系电话 */
  phone: string | null
  /** 最美驿站 */
  finest: boolean
  /** 荣誉 */
  honours: string | null
  /** 备注 */
  note: string | null
}

/** 服务人次：站点一天里服务一个群体的人次。 */
export interface Visit {
  id: number
  /** 站点 */
  station: number
  /** 日期 */
  day: string
  /** 服务对象 */
  visitor: string
  /** 人次 */
  count: number
  /** 录入时间 */
  entered: number
}

/** 站点检查：对一个站点的一次检查；不合格的限期整改，到期未完成的可以收回牌匾。 */
export interface Inspection {
  id: number
  /** 站点 */
  station: number
  /** 检查日期 */
  day: string
  /** 检查人 */
  inspector: string | null
  /** 检查结果 */
  verdict: 'passed' | 'to_mend'
  /** 发现的问题 */
  problems: string | null
  /** 整改期限 */
  due: string | null
  /** 整改合格日期 */
  cleared: string | null
  /** 备注 */
  note: string | null
  /** 录入时间 */
  entered: number
}

/** 会员：一个人的会籍，一生只有一个，随劳动关系在工会之间接转。 */
export interface Member {
  id: number
  /** 人员 */
  person: number
  /** 所在工会 */
  unit: number
  /** 会籍状态 */
  state: 'active' | 'retained' | 'gone'
  /** 会员类型 */
  kind: 'full' | 'probationary'
  /** 会员卡号 */
  card_number: string | null
  /** 入会日期 */
  joined: string | null
  /** 是否农民工会员 */
  migrant: boolean
  /** 新就业形态群体 */
  new_employment: string | null
  /** 入会渠道 */
  source: string | null
  /** 入会站点 */
  station: number | null
  /** 工号 */
  work_number: string | null
  /** 班组 */
  team: string | null
  /** 备注 */
  note: string | null
}

/** 会籍变动：入会、转入、保留、转出、除名、退会、恢复中的一笔。 */
export interface Change {
  id: number
  /** 会员 */
  member: number
  /** 工会 */
  unit: number
  /** 变动日期 */
  day: string
  /** 变动类型 */
  kind: 'opening' | 'joined' | 'transferred_in' | 'retained' | 'transferred_out' | 'expelled' | 'left' | 'resumed'
  /** 变动原因 */
  reason: string | null
  /** 对方工会 */
  counterpart: number | null
  /** 对方工会名称 */
  other: string | null
  /** 文号 */
  document: string | null
  /** 备注 */
  note: string | null
  /** 录入时间 */
  entered: number
}

/** 会费：一位会员一个月的会费。 */
export interface Dues {
  id: number
  /** 会员 */
  member: number
  /** 收缴工会 */
  unit: number
  /** 所属月份 */
  month: string
  /** 金额 */
  amount: number
  /** 交纳日期 */
  paid: string | null
  /** 录入时间 */
  entered: number
}

/** 活动：工会举办或联合举办的一场活动；填了志愿服务领域的是志愿服务活动。 */
export interface Activity {
  id: number
  /** 活动编号 */
  code: string | null
  /** 活动名称 */
  title: string
  /** 活动类型 */
  kind: string
  /** 志愿服务领域 */
  area: string | null
  /** 品牌项目 */
  brand: string | null
  /** 主办工会 */
  unit: number
  /** 联合单位 */
  partners: string | null
  /** 联合单位类型 */
  partner_kinds: string[] | null
  /** 状态 */
  state: 'planned' | 'held' | 'cancelled'
  /** 计划日期 */
  planned: string | null
  /** 举办日期 */
  day: string | null
  /** 结束日期 */
  until: string | null
  /** 开始时间 */
  begins: string | null
  /** 结束时间 */
  ends: string | null
  /** 每人时长（小时） */
  length: number | null
  /** 举办站点 */
  station: number | null
  /** 地点 */
  place: string | null
  /** 服务对象 */
  audience: string | null
  /** 计划人数 */
  planned_people: number | null
  /** 参加人数 */
  persons: number | null
  /** 其中女性 */
  women: number | null
  /** 参加人次 */
  times: number | null
  /** 受益人次 */
  served: number | null
  /** 预算（元） */
  budget: number | null
  /** 支出（元） */
  cost: number | null
  /** 经费来源 */
  fund: string | null
  /** 负责人 */
  leader: string | null
  /** 记录人 */
  recorder: string | null
  /** 活动小结 */
  summary: string | null
  /** 备注 */
  note: string | null
}

/** 参加名单：一个人参加一场活动。 */
export interface Participation {
  /** 活动 */
  activity: number
  /** 姓名 */
  person: number
  /** 当时是会员 */
  member: boolean
  /** 录入时间 */
  entered: number
}

/** 志愿服务队：工会组建的志愿服务队，上下级构成总队、支队、大队、分队。 */
export interface Team {
  id: number
  /** 队伍名称 */
  name: string
  /** 队伍级别 */
  level: 'corps' | 'detachment' | 'brigade' | 'squad'
  /** 上级队伍 */
  parent: number | null
  /** 组建工会 */
  unit: number
  /** 专业队类型 */
  kind: string | null
  /** 服务领域 */
  area: string | null
  /** 品牌项目 */
  brand: string | null
  /** 口号 */
  slogan: string | null
  /** 队长 */
  leader: string | null
  /** 联系电话 */
  phone: string | null
  /** 成立日期 */
  founded: string | null
  /** 撤销日期 */
  disbanded: string | null
  /** 备注 */
  note: string | null
}

/** 志愿者：在工会注册的志愿者；一个人只登记一次，会员和非会员都可以注册。 */
export interface Volunteer {
  id: number
  /** 姓名 */
  person: number
  /** 注册工会 */
  unit: number
  /** 所在队伍 */
  team: number | null
  /** 志愿者编号 */
  number: string | null
  /** 注册日期 */
  registered: string
  /** 注销日期 */
  ended: string | null
  /** 注销原因 */
  ended_for: string | null
  /** 专业技能 */
  skills: string[] | null
  /** 意向领域 */
  areas: string[] | null
  /** 保险到期日 */
  insured_until: string | null
  /** 已发马甲 */
  vest: boolean
  /** 备注 */
  note: string | null
}

/** 志愿服务时长：一名志愿者在一场志愿服务活动里实际服务的时长，不含路途。 */
export interface Service {
  /** 活动 */
  activity: number
  /** 姓名 */
  person: number
  /** 服务时长（小时） */
  minutes: number
  /** 来源 */
  source: 'signed_in' | 'entered'
  /** 依据 */
  evidence: string | null
  /** 服务内容 */
  content: string | null
  /** 录入时间 */
  entered: number
}

/** 星级标准：累计服务满多少小时评几星；从某日起按新标准的，另加一行。 */
export interface StarRule {
  id: number
  /** 星级 */
  stars: number
  /** 累计时长（小时） */
  minutes: number
  /** 依据 */
  source: string
  /** 执行日期 */
  from_day: string
}

/** 志愿者档案：志愿者的培训、表彰奖励和评价记录，须真实、准确、完整（《志愿服务条例》第十九条，民政部令第67号）。 */
export interface Dossier {
  id: number
  /** 志愿者 */
  volunteer: number
  /** 类别 */
  kind: 'training' | 'honour' | 'evaluation'
  /** 日期 */
  day: string
  /** 名称 */
  title: string
  /** 单位 */
  issuer: string | null
  /** 培训时长（小时） */
  minutes: number | null
  /** 内容 */
  content: string | null
  /** 录入时间 */
  entered: number
}

/** 报表任务：上级要的一种报表：有哪些表、每一格取什么数、要审核什么、何时要报。 */
export interface Task {
  id: number
  /** 任务代号 */
  code: string
  /** 任务版本 */
  version: number
  /** 任务名称 */
  title: string
  /** 来源 */
  source: string
  /** 录入时间 */
  entered: number
}

/** 报表：一个工会、一个期间、一个任务的一版报表。 */
export interface Return {
  id: number
  /** 报送单位 */
  unit: number
  /** 报表任务 */
  task: number
  /** 任务代号 */
  code: string
  /** 报告期 */
  period: string
  /** 截止日期 */
  until: string
  /** 版本 */
  no: number
  /** 报表状态 */
  state: 'draft' | 'audited' | 'sent' | 'accepted' | 'refused' | 'superseded'
  /** 数据来源 */
  basis: 'records' | 'returns' | 'sealed' | 'plain'
  /** 报送期限 */
  due: string
  /** 上报日期 */
  sent: string | null
  /** 更正或退回原因 */
  reason: string | null
  /** 校验值 */
  digest: string | null
  /** 录入时间 */
  entered: number
}

/** 收件：收到的一份文件。 */
export interface Delivery {
  id: number
  /** 文件名 */
  file: string
  /** 校验值 */
  digest: string
  /** 收件状态 */
  state: 'clean' | 'to_look' | 'quarantined' | 'taken' | 'returned' | 'passed_over'
  /** 报送单位 */
  unit: number | null
  /** 文件所写单位 */
  sender: string | null
  /** 任务代号 */
  code: string | null
  /** 报告期 */
  period: string | null
  /** 版本 */
  no: number | null
  /** 逾期 */
  late: boolean
  /** 说明 */
  notes: string | null
  /** 报表 */
  took: number | null
  /** 收到时间 */
  entered: number
}

/** 通讯卡：交换过通讯卡的工会；凭通讯卡核对上报文件是谁封存的。 */
export interface Correspondent {
  id: number
  /** 组织编号 */
  code: string
  /** 工会名称 */
  name: string
  /** 指纹 */
  fingerprint: string
  /** 通讯卡内容 */
  card: string
  /** 录入时间 */
  entered: number
}

/** 同意记录：本人（不满十四周岁的由监护人）同意处理个人信息的一次记录；撤回的填撤回日期，不删除。 */
export interface Consent {
  id: number
  /** 人员 */
  person: number
  /** 处理目的 */
  purpose: string
  /** 信息范围 */
  scope: 'plain' | 'sensitive' | 'minor'
  /** 同意日期 */
  given: string
  /** 同意形式 */
  form: 'written' | 'electronic' | 'oral'
  /** 单独同意 */
  separate: boolean
  /** 监护人姓名 */
  guardian: string | null
  /** 与本人关系 */
  relation: string | null
  /** 撤回日期 */
  withdrawn: string | null
  /** 备注 */
  note: string | null
}

/** 保存期限：每一种资料从关系结束算起至少保存几年；从某日起按新规定的，另加一行。 */
export interface RetentionRule {
  id: number
  /** 资料种类 */
  kind: string
  /** 保存年数 */
  years: number
  /** 起算 */
  counted: 'end' | 'year_end'
  /** 依据 */
  source: string
  /** 执行日期 */
  from_day: string
}

/** 封存记录：封存：保存期限未满、不能删除的个人信息，只保存、不使用；解除或清除时结束。 */
export interface Blocking {
  id: number
  /** 人员 */
  person: number
  /** 封存日期 */
  day: string
  /** 缘由 */
  ground: 'asked' | 'withdrawn' | 'over' | 'other'
  /** 说明 */
  note: string | null
  /** 结束日期 */
  ended: string | null
  /** 结束说明 */
  ended_for: string | null
  /** 录入时间 */
  entered: number
}

/** 清除记录：一次清除的登记：谁、什么时候、为什么、多少人；不记是谁的。由程序写，不能改、不能删。 */
export interface Erasure {
  id: number
  /** 经办人 */
  clerk: string
  /** 时间 */
  entered: number
  /** 缘由 */
  ground: 'asked' | 'withdrawn' | 'over' | 'other'
  /** 人数 */
  people: number
  /** 记录条数 */
  records: number
  /** 说明 */
  note: string | null
}

/** Another name or role for an account. */
export interface AccountChange {
  /** The account. */
  id: number
  /** The name from now on; steps done before keep the name of then. */
  name?: string | null
  /** The role from now on. */
  role?: 'admin' | 'clerk' | 'auditor' | 'reader' | null
}

/** An account as it is listed. */
export interface AccountLine {
  /** Its id. */
  id: number
  /** Whose it is. */
  name: string
  /** What they may do. */
  role: 'admin' | 'clerk' | 'auditor' | 'reader'
  /** Since when, in unix seconds. */
  since: number
  /** Whether it is the one that has the file open. */
  own: boolean
  /** Whether it has a password; where not, one is to be set anew. */
  keyed: boolean
}

/** Names an account. */
export interface AccountOf {
  /** The account. */
  id: number
}

/** What a return adds to a sum. */
export interface Added {
  /** The union; none for what was added by hand. */
  unit: number | null
  /** Its name, 本级 or 差额. */
  name: string
  /** The return. */
  id: number | null
  /** What it adds, in the kind's smallest part. */
  amount: number
}

/** A difference that the summing union adds (差额). */
export interface Adjustment {
  /** How much, in the kind's smallest part. */
  by: number
  /** Why. */
  why: string
}

/** A thing that is to be done after a handover. */
export interface AfterLine {
  /** What. */
  what: string
  /** Why. */
  why: string
  /** Whether the file shows that it was done. */
  done: boolean
  /** Where it is done. */
  place: 'accounts' | 'cards'
}

/** An answer to a file that came. */
export interface Answer {
  /** The delivery. */
  id: number
  /** Whether it is returned; otherwise the receipt says that it was taken. */
  refuse?: boolean
  /** Why, place by place: `表1!D6`, or nothing for the whole. */
  reasons?: ReasonGiven[]
  /** Where the receipt goes; an older file of the name is replaced. */
  path: string
}

/** What was answered. */
export interface Answered {
  /** Where the receipt lies. */
  path: string
}

/** Minutes of one field of service. */
export interface AreaMinutes {
  /** The field's code. */
  area: string
  /** The minutes. */
  minutes: number
}

/** How a file came here. */
export interface Arrival {
  /** From where. */
  whence: 'backup' | 'predecessor'
  /** When, in unix seconds. */
  at: number
  /** Who handed it over; nothing where it came from a backup. */
  by: string | null
}

/** Files that go with a return. */
export interface Attach {
  /** The return. */
  id: number
  /** Files to name in it; the files themselves are sent beside it. */
  add?: string[]
  /** Names of files to take away again. */
  remove?: string[]
}

/** A file that goes with a return. */
export interface Attachment {
  /** Its name. */
  name: string
  /** Its digest. */
  digest: string
  /** How many bytes it has. */
  size: number
}

/** What the step did. */
export interface Attended {
  /** Names put on the list. */
  added: number
  /** Of them members of a union on the day. */
  members: number
  /** Names that were on the list before. */
  already: number
  /** Names taken off the list. */
  removed: number
}

/** What checking a return found. */
export interface Audited {
  /** What does not hold, with its explanation where there is one. */
  broken: BrokenCheck[]
  /** How many of them must hold. */
  must: number
  /** How many of them wait for an explanation. */
  unexplained: number
  /** Whether it may be sent. */
  passed: boolean
}

/** Names the folder of a backup. */
export interface Backup {
  /** The folder; made where it is not there. */
  folder: string
}

/** A backup that lies ready. */
export interface BackupCopy {
  /** Where it lies. */
  path: string
  /** When it was made, by this PC's clock of then: `2026-11-22 16:30`. */
  at: string
  /** How many bytes it has. */
  bytes: number
  /** Why there is it: 自动备份, 备份, 恢复以前的台账, 升级以前的台账, 合并以前的台账, 修复以前的台账. */
  why: string
  /** Whose it is where it is not known to be this file's of this PC: 另一台电脑的, 本机另一份台账的, 不知是哪台电脑的. */
  whose: string | null
}

/** A folder for one backup, made now. */
export interface BackupNow {
  /** The folder. */
  folder: string
}

/** Where the open file's backups go. */
export interface Backups {
  /** The folder; nothing where none is chosen. */
  folder?: string | null
}

/** What blocking the chosen people would meet. */
export interface BeforeBlock {
  /** Each of them, once. */
  people: Prospect[]
}

/** What erasing the chosen people would meet and take away. */
export interface BeforeErase {
  /** Each of them, once. */
  people: Prospect[]
  /** The records that would say nothing any more of those who can be erased. */
  records: Losing[]
}

/** Which number is asked about. */
export interface Behind {
  /** The union. */
  unit: number
  /** Whether only what is its own counts, without the unions under it. */
  own?: boolean
  /** The indicator's code. */
  code: string
  /** A split's key and a part's code. */
  part?: [string, string] | null
}

/** Rows of one kind. */
export interface BlankBlockGuess {
  /** The row of the headings, the last one where there are several. */
  header_row: number
  /** The first row for data. */
  first_row: number
  /** How many rows are reserved. */
  reserved: number
  /** The row of the note below, where there is one. */
  note_row: number | null
  /** The columns. */
  columns: BlankColumnGuess[]
}

/** A cell of the grid. */
export interface BlankCell {
  /** Where it lies. */
  at: string
  /** What it says. */
  text: string
  /** Its formula, where it has one. */
  formula: string | null
  /** Whether a line is drawn around it. */
  framed: boolean
}

/** A cell that is likely to be filled. */
export interface BlankCellGuess {
  /** Where it lies. */
  at: string
  /** What it is called: its row's heading, then its column's. */
  label: string
  /** Its formula, where it has one. */
  formula: string | null
  /** What of the return itself it asks for, where it does. */
  fact: 'unit' | 'code' | 'period' | 'until' | 'head' | 'clerk' | 'day' | null
  /** What it is likely to be counted in. */
  kind: 'count' | 'distinct' | 'minutes' | 'money' | 'rate' | 'text'
}

/** A column of rows of one kind. */
export interface BlankColumnGuess {
  /** Its letter. */
  at: string
  /** Its heading, a group's before its own. */
  label: string
  /** What it is likely to be counted in. */
  kind: 'count' | 'distinct' | 'minutes' | 'money' | 'rate' | 'text'
}

/** One sheet of a blank, and what it seems to be for. */
export interface BlankProposal {
  /** The sheet's name. */
  sheet: string
  /** Its likely title; empty where none is seen. */
  title: string
  /** How many rows the grid has. */
  rows: number
  /** How many columns. */
  columns: number
  /** The cells that hold something or are framed, row by row. */
  grid: BlankCell[]
  /** The merged areas: `A1:F1`. */
  merges: string[]
  /** The width of each column, in characters. */
  widths: number[]
  /** The likely single cells. */
  cells: BlankCellGuess[]
  /** The likely rows of one kind. */
  block: BlankBlockGuess | null
}

/** A person to block. */
export interface Block {
  /** Who. */
  person: number
  /** From which day on. */
  day: string
  /** Why. */
  ground: 'asked' | 'withdrawn' | 'over' | 'other'
  /** How it came about. */
  note?: string | null
}

/** Since when and why a person is blocked. */
export interface Blocked {
  /** Since when. */
  day: string
  /** Why. */
  ground: 'asked' | 'withdrawn' | 'over' | 'other'
  /** How it came about. */
  note: string | null
}

/** Who has sent and who has not. */
export interface Board {
  /** The task's name for the period. */
  title: string
  /** The period's Chinese name. */
  period: string
  /** By when it is due. */
  due: string
  /** Whether that day is over. */
  overdue: boolean
  /** The unions, the reporting one's own line first. */
  lines: BoardLine[]
  /** How many unions below ought to send. */
  expected: number
  /** How many have. */
  sent: number
  /** How many were late. */
  late: number
  /** How many were returned and have not sent again. */
  returned: number
  /** A text to remind those that have not sent, to be copied; empty where all have. */
  reminder: string
}

/** A union's line on the board. */
export interface BoardLine {
  /** The union. */
  unit: number
  /** Its code. */
  code: string
  /** Its name. */
  name: string
  /** How deep it stands below: 0 the reporting union itself. */
  level: number
  /** Its newest return. */
  id: number | null
  /** The version. */
  no: number
  /** How it stands, its word; `none` where nothing has come. */
  state: string
  /** The same in the words offices use. */
  state_label: string
  /** Where its numbers come from, its word. */
  basis: string | null
  /** When it was sent. */
  sent: string | null
  /** Whether it was sent after the day, or was not and the day is over. */
  late: boolean
  /** In time over the last twelve periods, in hundredths: 100 is always; nothing where none was due. */
  score: number | null
}

/** Whose board. */
export interface BoardOf extends ComputeOf {
  /** Whether all unions below are listed, not only those directly below. */
  all?: boolean
}

/** A workbook to write. */
export interface BookFile extends BookOf {
  /** Where it goes; an older file of the name is replaced. */
  path: string
}

/** Which workbook. */
export interface BookOf {
  /** The union. */
  unit: number
  /** The period's key: 2026-10. */
  period: string
  /** How many levels of the unions below have rows; the direct ones where nothing is said. */
  depth?: number | null
}

/** A briefing to write. */
export interface Brief extends ComputeOf {
  /** The addresses of the numbers that it speaks of, 1 to 12. */
  at: string[]
  /** Where the PDF goes; an older file of the name is replaced. */
  path: string
}

/** A file to copy to this PC and to open here. */
export interface Bringing {
  /** The file, with what opens it. */
  file: Opening
  /** Where the copy shall lie; must not exist. */
  to: string
}

/** A check that does not hold. */
export interface BrokenCheck {
  /** The check's word; `outlier` for an unusual value. */
  check: string
  /** How much it weighs. */
  weight: 'must' | 'explain' | 'hint'
  /** What is wrong, a sentence with both sides' values. */
  message: string
  /** The way out, or empty. */
  hint: string
  /** The cells concerned, the first sixty. */
  places: CheckedCell[]
  /** Which row of the block, from 0, where the check is asked for each. */
  line: number | null
  /** The left side as people read it; empty where nothing is compared. */
  left: string
  /** The sign between both sides: ＝, ≠, ＜, ≤, ＞, ≥. */
  op: string
  /** The right side as people read it. */
  right: string
  /** The formula as the task has it. */
  formula: string
}

/** A file to write or read. */
export interface CardFile {
  /** Where it lies. */
  path: string
}

/** Which card. */
export interface CardOf {
  /** Its fingerprint. */
  fingerprint: string
}

/** A card as it is shown. */
export interface CardShown {
  /** The union's code. */
  code: string
  /** Its name. */
  name: string
  /** The fingerprint, to be compared over the telephone. */
  fingerprint: string
}

/** Certificates to write. */
export interface Certificates {
  /** For whom: one each. */
  people: number[]
  /** The first day that counts; from the beginning where none is given. */
  from?: string | null
  /** The last day that counts; today where none is given. */
  until?: string | null
  /** Whether numbers of identity papers stand on them in full. */
  reveal?: boolean
  /** Where the PDF goes; an older file of the name is replaced. */
  path: string
}

/** A field that changed, in words for people. */
export interface Changed {
  /** The field's name. */
  field: string
  /** The field's label. */
  label: string
  /** What it was. */
  from: string
  /** What it became. */
  to: string
}

/** A cell that a check speaks of. */
export interface CheckedCell {
  /** Which return it is of. */
  of: 'now' | 'last' | 'year_ago' | 'below'
  /** The table's sheet. */
  sheet: string
  /** Where it lies: a single cell as in the blank, a cell of the block in the row that its line has. */
  at: string
  /** Its line in the block, from 0, in the order of the return that is checked. */
  line: number | null
  /** What it is called. */
  label: string
  /** Its value as people read it. */
  value: string
}

/** The people who were chosen. */
export interface Chosen {
  /** Who. */
  persons: number[]
}

/** What was wrong with a station is mended. */
export interface ClearInspection {
  /** The inspection that found it. */
  inspection: number
  /** The day on which it was found mended. */
  day: string
}

/** A union ends with its employer: 撤销工会. */
export interface CloseUnion {
  /** Which union. */
  unit: number
  /** The day from which it is no more. */
  day: string
  /** The union that takes over what it had; the union above where none is named. */
  heir?: number | null
  /** Why the memberships change; 所在单位关闭或撤销 where nothing is said. */
  reason?: string | null
  /** The document. */
  document?: string | null
}

/** A month's dues as they are entered: one sheet, one step. */
export interface CollectDues {
  /** The month that they are for, as 2026-10. */
  month: string
  /** The day on which they came in; none where they are only owed. */
  paid?: string | null
  /** Who pays how much. */
  rows: DuesRow[]
}

/** A value that differs from the last version. */
export interface Compared {
  /** The address. */
  at: string
  /** What it is called. */
  label: string
  /** What the last version says. */
  before: string
  /** What this one says. */
  now: string
}

/** What merging would do, or did. */
export interface Comparing {
  /** The rows, by record. */
  counts: MergeCount[]
  /** The contradictions. */
  clashes: MergeClash[]
  /** What breaks a rule now that both files' facts stand together; told after the merge. */
  problems: MergeProblem[]
}

/** Whose returns are computed together. */
export interface ComputeAll {
  /** The union. */
  unit: number
  /** The period's key: 2026-10. */
  period: string
}

/** Which return is asked for. */
export interface ComputeOf {
  /** The task's word; its newest version is used. */
  task: string
  /** The union. */
  unit: number
  /** The period's key: 2026-10. */
  period: string
}

/** What is added up. */
export interface Consolidate extends ComputeOf {
  /** Whose returns. */
  among?: 'tree' | 'direct' | { selected: number[] } | { class: [string, string] }
  /** Whether the union's own level, counted from this office's records, is added. */
  own?: boolean
  /** What is added by hand to which address, with the reason (差额). */
  adjusted?: Record<string, Adjustment>
}

/** What adding up came to. */
export interface Consolidated {
  /** The return. */
  id: number
  /** How many returns it sums. */
  parts: number
  /** The unions directly below that have sent none, and none below them. */
  missing: number[]
}

/** A correction of a return that was sent. */
export interface Correct {
  /** The return. */
  id: number
  /** Why. */
  reason: string
}

/** How many took part, where there is no list. */
export interface CountPeople {
  /** The activity, which must have been held. */
  activity: number
  /** How many persons. */
  persons?: number | null
  /** How many of them women. */
  women?: number | null
  /** How many attendances, at least as many as persons; the persons where it is not given. */
  times?: number | null
  /** How many were served. */
  served?: number | null
}

/** One row behind a number. */
export interface Counted {
  /** The record. */
  record: string
  /** The row. */
  id: number | [number, number]
  /** What it adds to the number, in the indicator's measure. */
  amount: number
}

/** An indicator, or a part of one. */
export interface CountedBy {
  /** The indicator's code: `members.joined`. */
  code: string
  /** A split's key and a part's code, where only a part is meant. */
  part: [string, string] | null
}

/** What a file was taken for, as it is shown. */
export interface Delivered {
  /** The delivery. */
  id: number | null
  /** The file's name. */
  file: string
  /** What became of it, its word. */
  state: string
  /** The same in the words offices use. */
  state_label: string
  /** The union that it is from, as the file says. */
  sender: string
  /** The task's title. */
  title: string
  /** The period's key. */
  period: string
  /** The version. */
  no: number
  /** Whether it came after the day on which it was due. */
  late: boolean
  /** Why it is kept apart, and what is to be noticed. */
  notes: string[]
  /** Cells that were changed after sealing. */
  changed: ReportChanged[]
  /** What a plain workbook was understood to say. */
  understood: Understood[]
  /** What of it could not be taken. */
  unread: Unread[]
  /** Where it differs from the last version from the same union: the address, what it said, what it says. */
  compared: Compared[]
}

/** Which deliveries. */
export interface Deliveries {
  /** The deliveries. */
  ids: number[]
}

/** Which delivery. */
export interface DeliveryOf {
  /** The delivery. */
  id: number
}

/** Asks for the description of a record, or of all. */
export interface Describe {
  /** The record; all where none is named. */
  record?: RecordName | null
}

/** What lies on the desk. */
export interface DeskState {
  /** The program's version. */
  version: string
  /** The day at the office. */
  today: string
  /** The folder to propose for new files and for what is exported. */
  documents: string
  /** The open file. */
  office: OpenOffice | null
  /** The files that were open lately, the latest first. */
  recent: RecentOffice[]
}

/** How many people need not be kept any longer. */
export interface DueCount {
  /** How many. */
  people: number
}

/** Someone who need not be kept any longer. */
export interface DueLine {
  /** Who. */
  person: number
  /** What they are called. */
  title: string
  /** What was kept longest, and why. */
  last: LastTie
  /** Whether they are blocked. */
  blocked: boolean
}

/** Asks how many people need not be kept any longer. */
export interface DueOf {
}

/** One member's dues. */
export interface DuesRow {
  /** Who. */
  member: number
  /** How much. */
  amount: number
}

/** Rows to store, all of them or none. */
export interface Edit {
  /** The record. */
  record: RecordName
  /** The rows, each new or one that is there. */
  rows: EditRow[]
  /** What the step is called, where 批量修改 says too little. */
  name?: string | null
  /** Whether the rows are only judged. */
  dry?: boolean
}

/** What is wrong with one of the rows. */
export interface EditFault {
  /** Its place among the rows, from 0. */
  at: number
  /** The faults in the order found. */
  faults: Fault[]
}

/** One of the rows. */
export interface EditRow {
  /** The row to change; a new one where none is named. */
  id?: number | [number, number] | null
  /** The fields given, by name; the others stay as they are. */
  values: Record<string, Json>
}

/** What came of the rows. */
export interface Edited {
  /** How many were stored: all or none. */
  done: number
  /** What is wrong or doubtful, row by row. */
  faults: EditFault[]
}

/** Volunteers whose registration ends. */
export interface EndVolunteers {
  /** Who. */
  volunteers: number[]
  /** The first day on which they are no longer registered. */
  day: string
  /** Why. */
  reason?: string | null
}

/** A person joins a union, known to the ledger or not: 入会. */
export interface Enroll extends Profile {
  /** Who. */
  newcomer: Newcomer
  /** Which union. */
  unit: number
  /** The day on which the union agreed. */
  day: string
}

/** People to erase. */
export interface Erase {
  /** Who. */
  persons: number[]
  /** Why. */
  ground: 'asked' | 'withdrawn' | 'over' | 'other'
  /** A document's number; no name. */
  note?: string | null
}

/** What was erased. */
export interface Erased {
  /** How many people. */
  people: number
  /** How many records of theirs say nothing of them any more. */
  records: number
  /** How many entries of the history were emptied. */
  entries: number
  /** Texts of other records in which their names stand, to be looked through by hand. */
  mentions: Mention[]
  /** Whether the file's own pages are clean already; else they are when it is opened for the next time. */
  clean: boolean
}

/** An explanation of a check that does not hold. */
export interface Explain {
  /** The return. */
  id: number
  /** The check's word. */
  check: string
  /** The row's place in the block from 0, where the check is asked for every row. */
  line?: number | null
  /** What there is to say; nothing takes the explanation back. */
  text: string
}

/** One thing wrong with one field. */
export interface Fault {
  /** The field's name in the record, or empty where the whole record is concerned. */
  field: string
  /** The field's label on screen and in sheets. */
  label: string
  /** How much it weighs. */
  weight: 'warning' | 'error'
  /** What is wrong: a Chinese sentence without personal data in the clear. */
  message: string
  /** The way out; may be empty. */
  hint: string
}

/** One condition on one field. */
export interface Filter {
  /** The field, or `id`. */
  field: string
  /** How it is compared. */
  op: 'is' | 'is_not' | 'contains' | 'more' | 'less' | 'at_least' | 'at_most' | 'between' | 'empty' | 'not_empty' | 'in'
  /** What it is compared with; a list of them for `in` and `between`, nothing for `empty` and `not_empty`. */
  value?: Json
}

/** One thing looked at, and how often it does not hold. */
export interface Finding {
  /** What was looked at, in plain words. */
  what: string
  /** How many were looked at. */
  seen: number
  /** How many do not hold. */
  wrong: number
  /** What to do about them; empty where none is wrong. */
  hint: string
}

/** One row, with the titles of what it refers to. */
export interface Found {
  /** The fields by name, and the id. */
  row: Json
  /** What people call the row. */
  title: string
  /** The titles of what it refers to: by table, then by id. */
  refs: Record<string, Record<string, string>>
  /** The row that it belongs to, where that is veiled: kept and no longer used. Nothing where it is in use. */
  veiled: number | null
  /** The row that it belongs to, where that was emptied: counted as before and no longer changed. */
  emptied: number | null
}

/** Asks for one row. */
export interface Get {
  /** The record. */
  record: RecordName
  /** The row. */
  id: number | [number, number]
  /** Whether secrets are shown in full. */
  reveal?: boolean
}

/** A handover's parcel, or its list alone, to write. */
export interface HandOver {
  /** Where it goes; an older file of the name is replaced. */
  path: string
  /** Who hands over; an empty line on the list where nothing is said. */
  from?: string
  /** Who takes over. */
  to?: string
  /** Who witnesses it. */
  witness?: string
}

/** A parcel that was made. */
export interface HandedFile {
  /** Where it lies. */
  path: string
  /** How many bytes it has. */
  bytes: number
  /** The fingerprint of the seat that signed it, for the list. */
  fingerprint: string
}

/** How much went over to another union. */
export interface HandedOver {
  /** Members, the retained among them. */
  members: number
  /** Stations that serve or are being built. */
  stations: number
  /** Volunteer teams. */
  teams: number
  /** Registered volunteers. */
  volunteers: number
  /** Planned activities. */
  activities: number
}

/** A line of the list. */
export interface HandoverLine {
  /** Its part. */
  part: 'data' | 'open' | 'keys'
  /** What it is about. */
  what: string
  /** How it stands: a number with its measure, or words. */
  state: string
  /** What is to be done before the handover is done; nothing where all is well. */
  to_do: string | null
}

/** Asks what happened to a row. */
export interface History {
  /** The record. */
  record: RecordName
  /** The row. */
  id: number | [number, number]
  /** Whether secrets are shown in full. */
  reveal?: boolean
}

/** A planned activity took place. */
export interface HoldActivity {
  /** The activity. */
  activity: number
  /** The (first) day on which it was held. */
  day: string
}

/** The backups that still hold who was erased. */
export interface Holding {
  /** The backups, the newest first. */
  copies: BackupCopy[]
  /** The day on which the last of those that were made by themselves thins out; nothing where there is none of them. */
  until: string | null
  /** How many were made by hand or set aside, and go by nobody's doing. */
  by_hand: number
  /** How many more there are of then in the folder that was chosen, of others or of nobody knows whom; they are left alone. */
  apart: number
}

/** Asks for the first page. */
export interface Home {
  /** The day of the month by which the last month's return goes up; the 5th where none is given. */
  due?: number | null
}

/** A figure of the first page. */
export interface HomeFigure {
  /** One word for it. */
  code: string
  /** What it is. */
  label: string
  /** What it is counted in. */
  measure: 'people' | 'times' | 'events' | 'things' | 'minutes' | 'money'
  /** What it is now. */
  now: number
  /** The months beside it, oldest first, the present one last: 2026-10. */
  months: string[]
  /** What it was at the end of each month, or came to within it. */
  trend: number[]
}

/** The hours of one volunteer. */
export interface Hours {
  /** Who. */
  person: number
  /** Minutes of service, without the way there and back; none takes the volunteer off the sheet. */
  minutes?: number | null
  /** Signed in on the spot or entered later. */
  source: 'signed_in' | 'entered'
  /** What proves it; needed where it is entered later. */
  evidence?: string | null
  /** What was done. */
  content?: string | null
}

/** A sheet to take. */
export interface Import extends SheetIn {
  /** What becomes of the rows that the clerk must choose for. */
  choice?: 'skip' | 'update' | 'transfer'
  /** Where a workbook of the rows that were not taken goes, with the reasons. */
  errors?: string | null
  /** Whether nothing is taken where any row is faulty. */
  all_or_nothing?: boolean
  /** The preview's stamp: a file that was changed since is refused. */
  seen?: string | null
}

/** How many rows have each fate. */
export interface ImportCounts {
  /** Rows that hold something. */
  rows: number
  /** New records. */
  new: number
  /** Changed records. */
  changed: number
  /** Rows that say what is known. */
  same: number
  /** Rows that the clerk must choose for. */
  conflicting: number
  /** Rows left out. */
  faulty: number
  /** Rows taken with a warning. */
  warned: number
}

/** What would change in a column. */
export interface ImportDifference {
  /** The column's label. */
  label: string
  /** What the record says, for people; masked where it is secret. */
  before: string
  /** What the sheet says. */
  after: string
}

/** What an import would do. */
export interface ImportPreview {
  /** The sheet's name. */
  sheet: string
  /** The heading's row. */
  header: number
  /** Headings that no column of the record has: they are not taken. */
  unknown: string[]
  /** Columns of the record that the sheet lacks though they are required. */
  missing: string[]
  /** What was passed over, in full sentences. */
  notes: string[]
  /** How many rows have each fate. */
  counts: ImportCounts
  /** What is wrong, row by row; warnings of rows that are taken stand here too. */
  faults: RowFault[]
  /** The first changed and conflicting rows, side by side. */
  samples: ImportSample[]
  /** Tells whether the file is still the one that was looked at. */
  stamp: string
}

/** A changed or conflicting row with its values side by side. */
export interface ImportSample {
  /** The row's number. */
  row: number
  /** What will become of it. */
  state: 'new' | 'changed' | 'same' | 'conflicting' | 'faulty'
  /** What differs. */
  differences: ImportDifference[]
}

/** What an import did. */
export interface Imported {
  /** What was found of each row. */
  preview: ImportPreview
  /** How many rows were taken. */
  taken: number
  /** How many rows stand in the workbook of those that were not, where one was asked for. */
  returned: number | null
}

/** An indicator as it is chosen. */
export interface IndicatorLine {
  /** Its code: `members.joined`. */
  code: string
  /** Its name. */
  label: string
  /** What it is counted in. */
  measure: 'people' | 'times' | 'events' | 'things' | 'minutes' | 'money'
  /** The word for that: 人, 人次. */
  measure_label: string
  /** The time that it speaks of: 时点, 期间, 累计. */
  kind_label: string
  /** What is counted and what is not (口径). */
  definition: string
  /** Whether parts of the tree add up; distinct people do not (去重). */
  additive: boolean
  /** What it can be split by. */
  splits: SplitLine[]
}

/** A station was inspected. */
export interface Inspect {
  /** The station. */
  station: number
  /** The day. */
  day: string
  /** By whom. */
  inspector?: string | null
  /** What is wrong; nothing where it passed. */
  problems?: string | null
  /** By when it must be mended; needed where something is wrong. */
  due?: string | null
  /** A remark. */
  note?: string | null
}

/** Something to see to. */
export interface Item {
  /** One word for it. */
  key: string
  /** What it is. */
  label: string
  /** How many rows. */
  count: number
  /** What to do about them. */
  hint: string
  /** The record whose list shows them. */
  record: RecordName
  /** The filters of that list. */
  filters: Narrowing[]
}

/** Names a long call, as its caller named it. */
export interface JobName {
  /** A random text that the caller made up. */
  job: string
}

/** A person joins a union: 入会; for one who left before, 重新入会. */
export interface Join extends Profile {
  /** Who. */
  person: number
  /** Which union. */
  unit: number
  /** The day on which the union agreed. */
  day: string
  /** The document. */
  document?: string | null
}

/** How the open file's backups stand. */
export interface Kept {
  /** The newest one. */
  last: LastBackup | null
  /** Whether something was done since. */
  changed: boolean
  /** Why the last try did not come about; nothing where it did. */
  failed: string | null
}

/** A backup that was opened, checked and counted. */
export interface LastBackup {
  /** Where it lies. */
  path: string
  /** When it was made, in unix seconds. */
  at: number
  /** The newest step that it has. */
  step: number
}

/** The tie whose record is kept longest. */
export interface LastTie {
  /** What it was: 会籍. */
  kind: string
  /** When it ended. */
  ended: string
  /** Until when its record is kept. */
  until: string
  /** How many years that is; none where no rule says anything. */
  years: number | null
  /** What the rule rests on. */
  source: string | null
}

/** Where a file lies. */
export interface Lies {
  /** Why it is not worked on there; nothing where it may be. */
  elsewhere: 'network' | 'synced' | 'removable' | null
}

/** A line of the timeline. */
export interface Line {
  /** The step's number, to undo it by. */
  step: number
  /** What people call it. */
  name: string
  /** When, in unix seconds. */
  at: number
  /** By whom. */
  clerk: string
  /** How many rows it touched. */
  rows: number
  /** Whether its effect stands: `done`, `undone`, or `undo`/`redo` for the act of taking back or doing again. */
  state: string
  /** Whether it may be taken back: freezing, sealing, accounts and keys stay. */
  revocable: boolean
}

/** Asks for a page of a list. */
export interface List {
  /** The record. */
  record: RecordName
  /** What the search box holds. */
  search?: string | null
  /** Only rows of this unit and of all below it, by its id. */
  unit?: number | null
  /** Only rows that all these filters let through. */
  filters?: Filter[]
  /** The columns to order by, `-` before one for descending; the record's own order where none is given. */
  order?: string[]
  /** Only rows after this place: `next` of the page before, asked with the same order. */
  after?: string | null
  /** Only rows from this one on, counted from 0, instead of a place. */
  at?: number | null
  /** How many rows; 50 where none is given, 1000 at most. */
  limit?: number | null
  /** Whether all rows that the list has are counted. */
  count?: boolean
  /** Whether secrets are shown in full. */
  reveal?: boolean
  /** Whether only rows are shown that are kept and no longer used (已封存); else they are left out. */
  veiled?: boolean
}

/** How many rows of a record say nothing any more. */
export interface Losing {
  /** What the record is called. */
  record: string
  /** How many rows. */
  rows: number
}

/** What the end of a file lacks of what was once acknowledged. */
export interface LostEnd {
  /** The last step that was acknowledged. */
  acknowledged: number
  /** The last step that the file has; 0 where it has none. */
  found: number
}

/** One thing that was put right. */
export interface Mend {
  /** What. */
  what: string
  /** How many. */
  many: number
}

/** What was mended, and what is still wrong. */
export interface Mended {
  /** What was put right, in plain words, and how many. */
  mended: Mend[]
  /** What the check says afterwards, where it is not well. */
  left: Finding[]
}

/** Texts of one record in which names of erased people stand. */
export interface Mention {
  /** The record: 活动. */
  record: string
  /** The field: 负责人. */
  field: string
  /** In how many rows. */
  rows: number
}

/** A contradiction between two files. */
export interface MergeClash {
  /** Its name. */
  name: string
  /** What the record is called. */
  label: string
  /** What people call the row. */
  title: string
  /** The field; nothing where it is about the row. */
  field: string | null
  /** What happened, in a sentence. */
  what: string
  /** What it said before the two parted, as people read it. */
  before: string
  /** What it says here. */
  ours: string
  /** What it says there. */
  theirs: string
  /** Whether there is anything to choose. */
  open: boolean
}

/** What merging does to the rows of one record. */
export interface MergeCount {
  /** What the record is called. */
  label: string
  /** How many rows come. */
  added: number
  /** How many change. */
  changed: number
  /** How many go. */
  removed: number
  /** How many were entered on both PCs and are one. */
  same: number
}

/** Another PC's file to merge. */
export interface MergeFile {
  /** The file. */
  other: OtherFile
  /** The contradictions, by name, in which the other's word stands; in the others this file's does. */
  theirs?: string[]
}

/** Two records turn out to be one person: 合并人员. */
export interface MergePeople {
  /** The record that stays. */
  keep: number
  /** The record that goes; all that refers to it goes over to the other. */
  gone: number
}

/** A row that breaks a rule of its record. */
export interface MergeProblem {
  /** What the record is called. */
  label: string
  /** What people call the row. */
  title: string
  /** What is wrong, and what to do. */
  message: string
}

/** One union goes into another: 合并工会. */
export interface MergeUnion {
  /** The union that ends. */
  from: number
  /** The union that goes on. */
  into: number
  /** The day of the merger. */
  day: string
  /** Why the members change over; 劳动（工作）关系发生变化 where nothing is said. */
  reason?: string | null
  /** The document. */
  document?: string | null
}

/** A union's workbook of one period. */
export interface MonthlyBook {
  /** The union's name. */
  unit: string
  /** The union's own code. */
  code: string
  /** The period's key: 2026-10. */
  period: string
  /** The period's Chinese name. */
  period_label: string
  /** The period's last day, as which the tree and all stocks are counted. */
  until: string
  /** The unix second at which it was made. */
  made_at: number
  /** The rows, the same in every sheet. */
  lines: MonthlyLine[]
  /** The sheets. */
  sheets: MonthlySheet[]
}

/** One column: an indicator, or a part of one. */
export interface MonthlyColumn {
  /** The words above several columns. */
  heading: string
  /** The words above the column. */
  label: string
  /** The indicator's code. */
  code: string
  /** The split and the part's code, where it is a part. */
  part: [string, string] | null
  /** What it is counted in. */
  measure: 'people' | 'times' | 'events' | 'things' | 'minutes' | 'money'
  /** Whether rows add up; if not, its totals are values marked 去重. */
  additive: boolean
  /** Which other columns it is the sum of in every row, each with 1 or -1. */
  across: ([number, number])[]
}

/** One row. */
export interface MonthlyLine {
  /** The words at its left. */
  label: string
  /** How deep it stands: the total 0, its direct subordinates 1. */
  level: number
  /** The id of the union. */
  unit: number
  /** What it stands for. */
  kind: 'total' | 'own' | 'unit'
  /** The first and last of the rows under it; those one level deeper come to it. */
  block: [number, number] | null
}

/** One sheet. */
export interface MonthlySheet {
  /** Its name on the tab. */
  name: string
  /** Its columns from left to right. */
  columns: MonthlyColumn[]
  /** Its numbers, row by row, as they are stored: minutes, fen, else the number itself. */
  cells: number[]
}

/** Volunteers who go to another team, or to none. */
export interface MoveToTeam {
  /** Who. */
  volunteers: number[]
  /** The new team. */
  team?: number | null
}

/** Whose accounts a file has that is not open. */
export interface Names {
  /** The names; none where the file is of before accounts or its keys are missing. */
  names: string[]
  /** The one that opened it last on this PC. */
  last: string | null
}

/** One filter of a list that is shown. */
export interface Narrowing {
  /** The field. */
  field: string
  /** How it is compared. */
  op: 'is' | 'is_not' | 'contains' | 'more' | 'less' | 'at_least' | 'at_most' | 'between' | 'empty' | 'not_empty' | 'in'
  /** What it is compared with; nothing for `empty`. */
  value: Json
}

/** An account to add. */
export interface NewAccount {
  /** Whose it is; every step of theirs is written down under this name. */
  name: string
  /** What they may do. */
  role: 'admin' | 'clerk' | 'auditor' | 'reader'
  /** Their first password, which they change themselves: at least six characters, and not guessed at once. */
  password: string
}

/** A file to make with a demonstration in it. */
export interface NewDemo {
  /** Where it shall lie; must not exist. */
  path: string
  /** Its password: at least six characters, and not guessed at once. */
  password: string
  /** How large it is. */
  scale: 'office' | 'town' | 'county' | 'province'
}

/** A file that was made. */
export interface NewFile {
  /** Its recovery key, shown this once, for printing. */
  recovery: string
}

/** A file to make, with the first row that it begins with. */
export interface NewOffice extends Draft<Unit> {
  /** Where it shall lie; must not exist. */
  path: string
  /** Its password: at least six characters, and not guessed at once. */
  password: string
  /** Who works. */
  clerk: string
  /** The folder that its backups go to. */
  backups?: string | null
}

/** Another password for the open file. */
export interface NewPassword {
  /** The password so far. */
  old: string
  /** The password from now on: at least six characters, and not guessed at once. */
  new: string
}

/** A package that somebody brings or made. */
export interface NewTask {
  /** The task. */
  task: ReportTask
}

/** What a row of a list of newcomers says of the person. */
export interface Newcomer {
  /** The name. */
  name: string
  /** The number of the identity paper. */
  id_number?: string | null
  /** The sex, where no number says it. */
  sex?: 'unknown' | 'male' | 'female' | 'unstated' | null
  /** The mobile phone. */
  phone?: string | null
  /** The employer. */
  employer?: string | null
  /** The kind of work. */
  job?: string | null
}

/** A summed return that no longer equals its parts. */
export interface Node {
  /** The return. */
  id: number
  /** The union. */
  unit: number
  /** Its name. */
  name: string
  /** The unions whose return has another version now, or none. */
  changed: string[]
  /** Where the sum differs, and by how much. */
  off: Off[]
}

/** Which sums are looked at. */
export interface NodesOf {
  /** The task's word. */
  task: string
  /** The period's key. */
  period: string
}

/** An empty payload. */
export interface Nothing {
}

/** A number of a return. */
export interface NumberAt {
  /** The return. */
  id: number
  /** The address. */
  at: string
}

/** A number of a workbook. */
export interface NumberOf extends Behind {
  /** The period's key. */
  period: string
}

/** A value that differs from the sum of its parts. */
export interface Off {
  /** The address. */
  at: string
  /** What it is called. */
  label: string
  /** What the return says. */
  says: string
  /** What its parts come to. */
  sum: string
}

/** Names a file on disk. */
export interface OnDisk {
  /** Where it lies. */
  path: string
}

/** A paper that was written to a file. */
export interface OnPaper {
  /** Where it lies. */
  path: string
  /** How many pages it has. */
  pages: number
  /** How many different letters no font of this computer can draw; an empty box stands for them. */
  undrawn: number
}

/** A member whom the union already had when its book was opened: 建账. */
export interface OpenBook extends Profile {
  /** Who. */
  person: number
  /** In which union. */
  unit: number
  /** The day on which the book was opened. */
  day: string
  /** The day of joining, where known. */
  joined?: string | null
  /** Whether the membership was retained then. */
  retained?: boolean
}

/** The open file. */
export interface OpenOffice {
  /** Where it lies. */
  path: string
  /** The file's own name. */
  file: string
  /** What the office is called: its topmost union, or the file where it has none. */
  name: string
  /** The id of its topmost union. */
  unit: number | null
  /** Whose account has it open, as every step names them. */
  clerk: string
  /** What they may do. */
  role: 'admin' | 'clerk' | 'auditor' | 'reader'
  /** Their rights, one word each. */
  rights: string[]
  /** Whether the recovery key opened it, so that a password is to be set. */
  by_recovery: boolean
  /** Whether a new recovery key was made that nobody said to have printed or written down. */
  unnoted: boolean
  /** The folder that its backups go to. */
  backups: string | null
  /** How its backups stand. */
  kept: Kept
  /** How it came here from a backup or a predecessor, until what follows from it was seen to. */
  arrival: Arrival | null
  /** What the file lacked, when it was opened, of what had been saved before; nothing where all was there. */
  lost: LostEnd | null
}

/** An opening figure. */
export interface Opened {
  /** The cell whose last frozen value it is; in a block its column's letter. */
  of: string
  /** The indicator that gives it where there is no frozen return of the last period. */
  first: CountedBy
}

/** A file to open, by its password or its recovery key. */
export interface Opening {
  /** Where it lies. */
  path: string
  /** Its password. */
  password?: string | null
  /** Its recovery key, as it was printed. */
  recovery?: string | null
  /** Whose password it is; may be left out where there is one account. */
  account?: string | null
}

/** Another PC's file of this office. */
export interface OtherFile {
  /** Where it lies. */
  path: string
  /** Whose password it is; may be left out where it has one account. */
  account?: string | null
  /** Its password; nothing is needed where both files still have one key. */
  password?: string | null
  /** Its recovery key. */
  recovery?: string | null
}

/** Which union's card. */
export interface OwnCard {
  /** Where the card's file goes; it is only shown where nothing is said. */
  path?: string | null
}

/** A page of a list. */
export interface Page {
  /** The rows: fields by name, and the id. */
  rows: Json[]
  /** Where the next page begins; nothing on the last page, and where rows were asked for by their number. */
  next: string | null
  /** How many rows the whole list has, where it was asked. */
  total: number | null
  /** Whether the rows come in order; many hits of a search come as they are found. */
  sorted: boolean
  /** The titles of what the rows refer to: by table, then by id. */
  refs: Record<string, Record<string, string>>
}

/** What a parcel says of itself; its digests and its signature hold. */
export interface ParcelFound {
  /** The office. */
  office: string
  /** Who made it. */
  by: string
  /** When, in unix seconds. */
  at: number
  /** The fingerprint of the seat that signed it. */
  fingerprint: string
}

/** Names to put on an activity's list and to take off it. */
export interface Participants {
  /** The activity, which must have been held. */
  activity: number
  /** To be put on the list. */
  add?: number[]
  /** To be taken off the list. */
  remove?: number[]
}

/** Another password for an account. */
export interface PasswordOf {
  /** The account. */
  id: number
  /** The password from now on: at least six characters, and not guessed at once. */
  password: string
}

/** What one step did to a row. */
export interface Past extends Line {
  /** `came`, `changed` or `went`. */
  what: string
  /** The fields that changed. */
  changes: Changed[]
}

/** A person's data to write. */
export interface PersonFile {
  /** Whose. */
  person: number
  /** The file to write: .xlsx. */
  path: string
}

/** What was written. */
export interface PersonSheet {
  /** The file. */
  path: string
  /** How many records stand in it. */
  records: number
}

/** A cross table. */
export interface Pivot {
  /** What it shows: the task, and what is along no edge. */
  title: string
  /** What stands over the first column: 工会, 报告期 or 指标. */
  corner: string
  /** The headings of the columns. */
  heads: string[]
  /** The lines. */
  lines: PivotLine[]
  /** What the columns come to: the lines of unions directly below, or of periods; empty where nothing adds up down. */
  sums: PivotCell[]
  /** What that line is called: 下级合计 or 合计. */
  total: string
  /** Whether the last column is the sum of those before it. */
  summed: boolean
}

/** A number of a cross table. */
export interface PivotCell {
  /** What the return says, in the kind's smallest part; nothing where none was frozen. */
  value: number | null
  /** What it is. */
  kind: 'count' | 'distinct' | 'minutes' | 'money' | 'rate' | 'text'
  /** The return that says it; none for a sum. */
  id: number | null
}

/** A cross table to write. */
export interface PivotFile extends PivotOf {
  /** Where the workbook goes; an older file of the name is replaced. */
  path: string
}

/** A line of a cross table. */
export interface PivotLine {
  /** Its heading. */
  label: string
  /** How deep a union stands below the one on top; 0 for the one on top and for lines that are none. */
  level: number
  /** Its numbers, as many as there are headings. */
  cells: PivotCell[]
}

/** Which cross table. */
export interface PivotOf {
  /** The task's word. */
  task: string
  /** The union on top. */
  unit: number
  /** The last period. */
  period: string
  /** How many periods, 1 to 60, where they are along an edge. */
  many: number
  /** The addresses of the numbers; the first alone counts where they are along no edge. */
  at: string[]
  /** What goes down. */
  down: 'units' | 'periods' | 'numbers'
  /** What goes across; another than goes down. */
  across: 'units' | 'periods' | 'numbers'
  /** Whether all unions below are listed, not only those directly below. */
  all?: boolean
}

/** The particulars of a membership; all of them may be put right later in the member's form. */
export interface Profile {
  /** Full or probationary; full where nothing is said. */
  kind?: 'full' | 'probationary' | null
  /** The number of the card. */
  card_number?: string | null
  /** Whether the member is a migrant worker (农民工会员). */
  migrant?: boolean
  /** The new-employment group. */
  new_employment?: string | null
  /** The way by which the member joined. */
  source?: string | null
  /** The station where the member joined. */
  station?: number | null
  /** The number at the employer. */
  work_number?: string | null
  /** The team or 工会小组. */
  team?: string | null
  /** A remark. */
  note?: string | null
}

/** How far long work has come. */
export interface Progress {
  /** What is being done, for people: 检查, 写入. */
  stage: string
  /** How many rows are done. */
  done: number
  /** How many there are, where that is known. */
  of: number | null
}

/** A blank as a task could be made of it. */
export interface Proposed {
  /** Its sheets. */
  sheets: BlankProposal[]
  /** The file in base64, for the package. */
  blank: string
}

/** Whether something can be done for a person. */
export interface Prospect {
  /** Who. */
  person: number
  /** What they are called. */
  name: string
  /** Why it cannot; nothing where it can. */
  refused: WhyNot | null
}

/** One reason for returning a file. */
export interface ReasonGiven {
  /** Where. */
  place?: string
  /** What is wrong, a full sentence. */
  reason: string
}

/** What is received. */
export interface Receive {
  /** Files and folders; a folder stands for the workbooks in it and below it. */
  paths: string[]
  /** Whether what is without a fault is taken at once. */
  take?: boolean
}

/** A file that was open lately. */
export interface RecentOffice {
  /** Where it lies. */
  path: string
  /** The file's own name. */
  file: string
  /** What the office was called when it was open last. */
  name: string
  /** When it was opened last, in unix seconds. */
  opened_at: number
  /** Whether the file is still there. */
  there: boolean
  /** Whose account opened it last here. */
  account: string | null
  /** The folder that its backups go to. */
  backups: string | null
  /** The newest backup that was made of it here. */
  last_backup: LastBackup | null
  /** How it came here, until what follows from it was seen to. */
  arrival: Arrival | null
}

/** The hours of an activity's volunteers; those of others stay as they are. */
export interface RecordService {
  /** The activity. */
  activity: number
  /** One row a volunteer. */
  rows: Hours[]
}

/** What a station served: the cells that were filled in, changed or emptied; others stay as they are. */
export interface RecordVisits {
  /** The station. */
  station: number
  /** The cells. */
  cells: VisitCell[]
}

/** What the step did. */
export interface RecordedService {
  /** Volunteers new on the sheet. */
  added: number
  /** Volunteers whose row changed. */
  changed: number
  /** Volunteers taken off. */
  removed: number
  /** The minutes of all on the sheet afterwards. */
  minutes: number
  /** What is doubtful. */
  warnings: Fault[]
}

/** What the step did. */
export interface RecordedVisits {
  /** Cells that were empty before. */
  added: number
  /** Cells that held another count. */
  changed: number
  /** Cells that were emptied. */
  removed: number
  /** What is doubtful about them. */
  warnings: Fault[]
}

/** A new recovery key. */
export interface Recovery {
  /** The key, for printing. */
  recovery: string
}

/** One that the act was refused for. */
export interface Refused {
  /** Its place among the payloads, from 0. */
  at: number
  /** Why. */
  report: Report
}

/** People who register as volunteers on one day. */
export interface RegisterVolunteers {
  /** Who; members or not. */
  persons: number[]
  /** With which union. */
  unit: number
  /** In which team. */
  team?: number | null
  /** The day of registration. */
  day: string
  /** What they can do. */
  skills?: string[]
  /** Where they want to serve. */
  areas?: string[]
}

/** What the step did. */
export interface RegisteredVolunteers {
  /** People registered for the first time. */
  added: number
  /** People whose registration had ended and goes on. */
  resumed: number
  /** People who were registered already; nothing about them changed. */
  already: number
}

/** A union comes under another one: 调整隶属关系. */
export interface Relocate {
  /** Which union. */
  unit: number
  /** The new union above, or none. */
  after?: number | null
  /** The day from which it stands there. */
  day: string
  /** The reason or the document. */
  reason?: string | null
}

/** One thing to remember. */
export interface Remembering {
  /** Its name. */
  key: string
  /** What to remember, up to 256 KiB of text; nothing forgets it. */
  value?: Json
}

/** Rows to remove. */
export interface Remove {
  /** The record. */
  record: RecordName
  /** The rows. */
  ids: (number | [number, number])[]
  /** Whether the rows that cannot be without them go along, and other references to them are emptied. */
  dependants?: boolean
}

/** What was removed. */
export interface Removed {
  /** How many rows went, by table. */
  removed: Record<string, number>
  /** How many references to them were emptied, by table. */
  emptied: Record<string, number>
}

/** What the outside is told of an error; made here and nowhere else. */
export interface Report {
  /** One word a screen or script can act on. */
  code: string
  /** What happened, a full Chinese sentence. */
  message: string
  /** The way out, a full Chinese sentence, or empty. */
  hint: string
  /** Faults by field, where `code` is `faults`. */
  faults: Fault[]
  /** Technical detail for a support call; holds no personal data. */
  detail: string
}

/** Rows of one kind: one for each union below, for each record, or as they are typed. */
export interface ReportBlock {
  /** The row of the headings, from 1. */
  header_row: number
  /** The first row for data, from 1. */
  first_row: number
  /** How many rows the blank reserved for data; at least one. */
  reserved: number
  /** The row of the note below the data, where the blank has one. */
  note_row: number | null
  /** What makes a row. */
  each: 'units' | { record: string } | 'typed'
  /** The columns that hold something. */
  columns: ReportColumn[]
}

/** One cell that holds something. */
export interface ReportCell {
  /** Where it lies: `C6`. */
  at: string
  /** What it is called in sentences: 期末会员数. */
  label: string
  /** What it holds. */
  holds: { indicator: CountedBy } | { formula: string } | { opening: Opened } | 'typed' | { fact: 'unit' | 'code' | 'period' | 'until' | 'head' | 'clerk' | 'day' } | { field: string } | 'number'
  /** What it is counted in. */
  kind: 'count' | 'distinct' | 'minutes' | 'money' | 'rate' | 'text'
}

/** A cell whose value is not the one that was sealed. */
export interface ReportChanged {
  /** The sheet. */
  sheet: string
  /** Where in the file: `C6`. */
  at: string
  /** What the cell is called; in a block with its row. */
  label: string
  /** What was sealed, as people read it. */
  sealed: string
  /** What stands there now. */
  found: string
}

/** What must hold over the cells of a return. */
export interface ReportCheck {
  /** Its word within the task. */
  key: string
  /** The table whose cells bare addresses mean; the first where nothing is said. */
  sheet: string | null
  /** How much it weighs. */
  weight: 'must' | 'explain' | 'hint'
  /** The formula that must be true, in Excel's syntax. Sheets that it may name: each table's; `上期`, `去年同期` and `下级合计` for the same table of those returns (`上期_会员` where the task has several tables). With `rows` it is written for the block's first row. */
  formula: string
  /** Whether it is asked for every row of the table's block. */
  rows: boolean
  /** What is wrong where it does not hold, a full sentence. */
  message: string
  /** The way out, where there is one. */
  hint: string
}

/** One column of a block. */
export interface ReportColumn {
  /** Its letter: `C`. */
  at: string
  /** Its heading in the blank. */
  label: string
  /** What its cells hold; a formula is written as for the first row and goes down with the rows. */
  holds: { indicator: CountedBy } | { formula: string } | { opening: Opened } | 'typed' | { fact: 'unit' | 'code' | 'period' | 'until' | 'head' | 'clerk' | 'day' } | { field: string } | 'number'
  /** What they are counted in. */
  kind: 'count' | 'distinct' | 'minutes' | 'money' | 'rate' | 'text'
  /** The codes and exact spellings of the blank's drop-down, where it has one. */
  values: ([string, string])[]
}

/** Words for drawing a table whose package has no blank of its own; whatever is missing is derived from cells and columns. */
export interface ReportDraw {
  /** The form's number, in its upper right corner: 工会统1表. */
  number: string
  /** The title; the task's where it is empty. */
  title: string
  /** What the figures are counted in: 人. */
  unit: string
  /** Rows that are counted in something else: their numbers, and what in. */
  units: ([number, string])[]
  /** Headings by area, merged where it is more than one cell: `D4:F4` and 在册会员. They stand in place of what is derived. */
  headings: ([string, string])[]
  /** Notes below the table (填表说明), a paragraph each. */
  notes: string[]
}

/** One row of a block. */
export interface ReportLine {
  /** What the row is of, the same in every period: a union's code; empty for a row that was typed. */
  key: string
  /** A value for each column of the block, in order. */
  values: (number | string | null)[]
}

/** The values of one table. */
export interface ReportSheet {
  /** The single cells that hold something, by place. */
  cells: Record<string, number | string | null>
  /** The rows of the block. */
  lines: ReportLine[]
}

/** One sheet of a task. */
export interface ReportTable {
  /** The sheet's name in the blank. */
  sheet: string
  /** Single cells. */
  cells: ReportCell[]
  /** Rows of one kind, where the table has them. */
  block: ReportBlock | null
  /** The words that a drawn blank needs beyond those of its cells and columns. */
  draw: ReportDraw
}

/** A task as its package file has it. */
export interface ReportTask {
  /** Its word, the same in every version: `members`. */
  key: string
  /** Its version, from 1; a change of anything makes a new one. */
  version: number
  /** Its title, without the word for the period: 基层工会组织和会员. */
  title: string
  /** Who asks for it, and by which document. */
  source: string
  /** For which periods it is asked. */
  periods: ('month' | 'quarter' | 'half' | 'year' | 'union_year')[]
  /** How many days after a period's last day it is due. */
  due: number
  /** What becomes of facts that are entered after the return was sent. */
  late: 'next_version' | 'next_period'
  /** Its tables, one a sheet. */
  tables: ReportTable[]
  /** What must hold. */
  checks: ReportCheck[]
  /** The union above's own blank: an xlsx workbook in base64. Without one the blank is drawn from the tables. */
  blank: string | null
}

/** The values of a return, a sheet for each table of its task, in the task's order.  Written as JSON it is canonical: the same values always give the same bytes. */
export interface ReportValues {
  /** The sheets. */
  sheets: ReportSheet[]
}

/** What putting a backup back did. */
export interface Restored {
  /** Where the file that was there lies now; nothing where there was none. */
  aside: string | null
}

/** A backup to put in the place of a file. */
export interface Restoring {
  /** The backup. */
  backup: string
  /** Whose password it is; may be left out where the backup has one account. */
  account?: string | null
  /** The password of the backup's day. */
  password?: string | null
  /** The backup's recovery key. */
  recovery?: string | null
  /** The file that it takes the place of; what is there is set aside and never deleted. */
  path: string
}

/** What a return says, and how it came to say it. */
export interface ReturnContent {
  /** The values. */
  values: ReportValues
  /** What was typed over, by address (`会员!C6`, `分单位!000102!C` in a block), with the value that was computed. */
  typed: Record<string, number | string | null>
  /** Explanations of checks that do not hold. */
  notes: ReturnNote[]
  /** What the union's own level came to, where the return sums others. */
  own: ReportValues | null
  /** The returns that it sums. */
  parts: ReturnPart[]
  /** What was added by hand to a sum, by address. */
  adjusted: Record<string, Adjustment>
  /** What was entered late for other periods and counts here, by address and period, where the task has it so; under the return's own period, what a later one has taken along. */
  late: Record<string, Record<string, number>>
  /** Who signs. */
  signers: Signers
  /** Files that go with it. */
  attachments: Attachment[]
  /** When it was sealed, in unix seconds. */
  sealed: number | null
}

/** An explanation of a check that does not hold. */
export interface ReturnNote {
  /** The check's word. */
  check: string
  /** The row's place in the block from 0, where the check is asked for every row. */
  line: number | null
  /** What somebody says about it. */
  text: string
  /** Who. */
  by: string
}

/** Which return. */
export interface ReturnOf {
  /** The return. */
  id: number
}

/** A return that another one sums. */
export interface ReturnPart {
  /** The return. */
  id: number
  /** The union. */
  unit: number
  /** Its version. */
  no: number
}

/** A return as it is looked at. */
export interface ReturnView {
  /** The return. */
  id: number
  /** The union. */
  unit: number
  /** Its name. */
  unit_name: string
  /** The period's key. */
  period: string
  /** Its title with the period: 基层工会组织和会员月报 2026年10月. */
  title: string
  /** The version. */
  no: number
  /** How far it has come, its word. */
  state: string
  /** The same in the words offices use. */
  state_label: string
  /** Where its numbers come from, its word. */
  basis: string
  /** By when it is due. */
  due: string
  /** When it was sent. */
  sent: string | null
  /** Why it was corrected or returned. */
  reason: string | null
  /** The task. */
  task: ReportTask
  /** What it says. */
  content: ReturnContent
  /** What does not hold. */
  audit: Audited
  /** What it would say today, where that is asked for. */
  today: ReportValues | null
  /** The addresses at which today's values differ. */
  differs: string[]
  /** What the last period's frozen return says. */
  last: ReportValues | null
  /** What the frozen return a year before says. */
  year_ago: ReportValues | null
}

/** What is to be looked through. */
export interface Review {
  /** The day. */
  day: string
  /** Who may be erased: the longest kept first, a thousand at most. */
  due: DueLine[]
  /** How many there are in all. */
  total: number
  /** Who is blocked, and still to be kept or never tied to anything. */
  waiting: WaitLine[]
}

/** Asks for the review. */
export interface ReviewOf {
  /** The day; today where none is given. */
  day?: string | null
}

/** What is wrong with a row. */
export interface RowFault {
  /** The row's number. */
  row: number
  /** The faults in the order found. */
  faults: Fault[]
}

/** A row to store. */
export interface Save {
  /** The record. */
  record: RecordName
  /** The row to change; a new one where none is named. */
  id?: number | [number, number] | null
  /** The fields given, by name; the others stay as they are. */
  values: Record<string, Json>
}

/** A row that was stored. */
export interface Saved {
  /** Its key. */
  id: number | [number, number]
  /** What is said of it though it was taken. */
  warnings: Fault[]
}

/** The list that is seen. */
export interface Seen {
  /** The columns, in their order. */
  columns: string[]
  /** What the search box holds. */
  search?: string | null
  /** Only rows that all these filters let through. */
  filters?: Filter[]
  /** The columns to order by, `-` before one for descending. */
  order?: string[]
}

/** A return that goes up. */
export interface Send extends ReturnOf {
  /** Where the file goes, an older file of the name is replaced; frozen without a file where nothing is said. */
  path?: string | null
  /** For whom it is encrypted; in the clear where nobody is named. */
  to?: number[]
}

/** The file that goes up. */
export interface SentFile {
  /** Where it lies, where one was written. */
  path: string | null
  /** The fingerprint of the seat that sealed it. */
  fingerprint: string
  /** The digest of what it says. */
  digest: string
}

/** Which numbers over time. */
export interface SeriesOf {
  /** The task's word. */
  task: string
  /** The union. */
  unit: number
  /** How often: the periods are those of the same kind as this one, which is the last. */
  period: string
  /** How many periods, 1 to 60. */
  many: number
  /** The addresses. */
  at: string[]
}

/** A period of a series. */
export interface SeriesPoint {
  /** The period's key. */
  period: string
  /** Its Chinese name. */
  label: string
  /** For each address what the newest frozen return says; nothing where there is none. */
  values: (number | null)[]
  /** The same of the period a year before. */
  year_ago: (number | null)[]
  /** The same summed since the year began, for numbers within a period; nothing where a period of it is missing. */
  year_to_date: (number | null)[]
}

/** Who signs. */
export interface SetSigners {
  /** The return. */
  id: number
  /** The names. */
  signers: Signers
}

/** A sheet to bring in. */
export interface SheetIn {
  /** The record that its rows are. */
  record: RecordName
  /** The file: xlsx, xls, csv or tsv. */
  path: string
  /** The upstream blank that it follows, by its word. */
  layout?: string | null
  /** The sheet's name, where it is not the first that fits. */
  sheet?: string | null
  /** The unit of rows that name none, by its id. */
  unit?: number | null
  /** The day on which the book is opened, where the sheet is the opening stock. */
  opening?: string | null
  /** The encoding of a text sheet, where the guess is wrong: `utf-8`, `utf-16`, `gb18030`. */
  encoding?: string | null
}

/** Records to send out. */
export interface SheetOut {
  /** The record. */
  record: RecordName
  /** The file to write: .xlsx or .csv. */
  path: string
  /** The upstream blank's layout, by its word. */
  layout?: string | null
  /** The upstream blank itself. */
  blank?: string | null
  /** The unit whose subtree goes out, by its id. */
  unit?: number | null
  /** The encoding of a text sheet: `utf-8`, `gb18030`, `gbk`. */
  encoding?: string | null
  /** The list as it is seen, instead of every column in the record's own order. */
  list?: Seen | null
}

/** A sign-in sheet to write. */
export interface SignInSheet {
  /** The activity. */
  activity: number
  /** Whether the names of its list stand on it. */
  named: boolean
  /** How many empty lines follow, at most 200. */
  blanks: number
  /** Where the PDF goes; an older file of the name is replaced. */
  path: string
}

/** Who signs a return. */
export interface Signers {
  /** 单位负责人. */
  head: string
  /** 审核人. */
  auditor: string
  /** 填表人. */
  clerk: string
}

/** Since when a file is the successor's, and whose it was. */
export interface Since {
  /** When it came, in unix seconds. */
  at: number
  /** Who handed it over. */
  by: string
}

/** What is behind a number of a return: the records that it counts, or the returns that it sums. */
export interface Source {
  /** What the number is called. */
  label: string
  /** The indicator's definition (口径), where it is one. */
  definition: string
  /** The records, where they are here; the amounts' sum is today's number. */
  rows: Counted[]
  /** The returns, with what each adds. */
  parts: Added[]
  /** What was entered late for other periods and counts here beside the records. */
  late: Added[]
}

/** A split as it is chosen. */
export interface SplitLine {
  /** Its key: `new_employment`. */
  key: string
  /** Its name. */
  label: string
  /** Its parts, each with its code and name; the last, without a code, holds what is in none. */
  parts: ([string, string])[]
}

/** How a person stands. */
export interface Standing {
  /** What still ties them: 会籍、志愿者注册. */
  live: string[]
  /** What is kept longest; nothing where nothing ever tied them. */
  last: LastTie | null
  /** Whether they are blocked. */
  blocked: boolean
  /** Since when and why they are blocked; nothing where they are not. */
  blocking: Blocked | null
  /** Whether they were erased. */
  erased: boolean
}

/** Whose standing is asked for. */
export interface StandingOf {
  /** Who. */
  person: number
}

/** How hard a password is to guess. */
export interface Strength {
  /** 0 where it is too short, 1 where it is guessed at once, and up to 4; from 2 on it is taken. */
  level: number
  /** The level in one word. */
  word: string
  /** How to make it better; nothing where nothing is left to do. */
  advice: string
}

/** What a list comes to. */
export interface Summed {
  /** How many rows it has. */
  count: number
  /** The sum of each field, as it is stored: minutes, fen, else the number itself. */
  sums: Record<string, number>
}

/** Asks for the sums of a list. */
export interface Sums {
  /** The record. */
  record: RecordName
  /** What the search box holds. */
  search?: string | null
  /** Only rows of this unit and of all below it, by its id. */
  unit?: number | null
  /** Only rows that all these filters let through. */
  filters?: Filter[]
  /** Whether only rows are added up that are kept and no longer used. */
  veiled?: boolean
  /** The fields to add up: numbers, money, time. */
  fields: string[]
}

/** A parcel to take over. */
export interface TakeOver {
  /** The parcel. */
  parcel: string
  /** Where the office file shall lie; must not exist. */
  to: string
}

/** A person's hours and stars up to a day. */
export interface Tally {
  /** All minutes. */
  minutes: number
  /** Of them entered later. */
  entered_later: number
  /** How many activities. */
  activities: number
  /** The day of the first. */
  first: string | null
  /** The day of the last. */
  last: string | null
  /** Minutes by field of service, most first. */
  areas: AreaMinutes[]
  /** The stars that the minutes reach by the scale of the day. */
  stars: number
  /** The minutes that the next star lacks; none at the top. */
  lacks: number | null
}

/** Asks for a person's hours. */
export interface TallyOf {
  /** Who. */
  person: number
  /** The last day that counts; today where none is given. */
  until?: string | null
}

/** Something that does not hold together. */
export interface TaskFlaw {
  /** Where: a sheet and a cell, a column or a check. */
  place: string
  /** What is wrong there, half a sentence. */
  what: string
}

/** A task in the list of those that can be filled in. */
export interface TaskLine {
  /** Its word. */
  key: string
  /** Its version. */
  version: number
  /** Its title. */
  title: string
  /** Who asks for it. */
  source: string
  /** For which periods. */
  periods: ('month' | 'quarter' | 'half' | 'year' | 'union_year')[]
  /** How many days after a period's last day it is due. */
  due: number
  /** Whether it came with the app. */
  shipped: boolean
}

/** A single number of a task. */
export interface TaskNumber {
  /** Its address: `会员!C6`. */
  at: string
  /** What it is called. */
  label: string
  /** The sheet that it stands on. */
  sheet: string
  /** What it is, and in which smallest part it is given. */
  kind: 'count' | 'distinct' | 'minutes' | 'money' | 'rate' | 'text'
  /** What it is counted in: 人; empty where the task does not say. */
  measure: string
  /** Whether a year's periods add up: what happened within them does, what stood at a moment does not. */
  sums: boolean
}

/** Which task. */
export interface TaskOf {
  /** Its word. */
  key: string
  /** Its version; the newest where nothing is said. */
  version?: number | null
}

/** One entry of a code list. */
export interface TermEntry {
  /** The code that is stored: the standard's where one exists. */
  code: string
  /** The name shown. */
  name: string
  /** Other spellings that mean the same thing everywhere. */
  aliases: string[]
  /** The code of the broader entry that this one counts in. */
  parent: string | null
  /** A remark for the reader; may be empty. */
  note: string
}

/** An open code list with the standard that it comes from. */
export interface TermList {
  /** The list's key. */
  key: string
  /** The list's Chinese name. */
  label: string
  /** The standard or document that the list comes from. */
  source: string
  /** The entries, in the standard's order. */
  entries: TermEntry[]
}

/** Asks for an open code list. */
export interface Terms {
  /** The list's key, as a field's description names it. */
  list: string
}

/** A password that somebody thinks of. */
export interface Thought {
  /** The password. */
  password: string
  /** Whose it is to be: a name is tried first. */
  name?: string
}

/** Asks for the latest steps. */
export interface Timeline {
  /** Only steps before this one: the last of the page before. */
  before?: number | null
  /** How many; 50 where none is given, 1000 at most. */
  limit?: number | null
}

/** What stands on the first page. */
export interface Today {
  /** The month whose return is due: 2026-10. */
  month: string
  /** The day by which it is due. */
  due: string
  /** What is incomplete or late; what is well is left out. */
  items: Item[]
  /** How the office stands, with the last months. */
  figures: HomeFigure[]
}

/** An act to be done for many. */
export interface Together {
  /** The command, one that is a single act. */
  command: string
  /** What it takes, for each. */
  payloads: Json[]
}

/** A member goes to another union, of this file or not. */
export interface Transfer {
  /** Who. */
  member: number
  /** The new union, where it is in this file. */
  to?: number | null
  /** The new union's name, where it is not. */
  other?: string | null
  /** The day of the transfer. */
  day: string
  /** Why. */
  reason?: string | null
  /** Whether a retained membership stays retained in the new union (《工会会员会籍管理办法》: 单位关闭的，会籍保留在上级工会); else the member takes part again there. */
  keep_retained?: boolean
  /** The document: 会员组织关系介绍信. */
  document?: string | null
  /** A remark. */
  note?: string | null
}

/** A member comes from a union that is not in this file: 转入. */
export interface TransferIn extends Profile {
  /** Who. */
  person: number
  /** To which union. */
  unit: number
  /** The day of the transfer. */
  day: string
  /** The name of the union that the member comes from. */
  other: string
  /** The day of joining, where known. */
  joined?: string | null
  /** The document. */
  document?: string | null
}

/** A union in the tree. */
export interface TreeLine {
  /** The union. */
  id: number
  /** The union above. */
  parent: number | null
  /** Its code. */
  code: string
  /** Its name. */
  name: string
  /** Its level. */
  level: 'province' | 'city' | 'county' | 'town' | 'grassroots' | 'branch'
  /** Whether it did not exist on the day. */
  closed: boolean
  /** Its own members, the retained among them. */
  members: number
  /** Its members with those of all unions below it. */
  all: number
}

/** Asks for the tree. */
export interface TreeOf {
  /** The day as of which the tree stands; today where none is given. Members are always counted as of today. */
  day?: string | null
}

/** Something that was tried. */
export interface Trial {
  /** What was tried, in plain words. */
  what: string
  /** How often. */
  tried: number
  /** How often it held. */
  held: number
  /** What was done, so that the number says something. */
  how: string
}

/** What a task that is being made would say. */
export interface Tried {
  /** The values. */
  values: ReportValues
  /** What does not hold. */
  audit: Audited
}

/** A task that is being made, tried on a period. */
export interface TryTask {
  /** The task. */
  task: ReportTask
  /** The union. */
  unit: number
  /** The period's key. */
  period: string
  /** Whether the secrets of a roster are shown in full. */
  reveal?: boolean
}

/** A change of a membership in its own union. */
export interface Turn {
  /** Who. */
  member: number
  /** The day on which it happened. */
  day: string
  /** Why. */
  reason?: string | null
  /** The document. */
  document?: string | null
  /** A remark. */
  note?: string | null
}

/** A value that somebody types in. */
export interface TypeIn {
  /** The return. */
  id: number
  /** The address: `会员!C6`, `分单位!C:000102`. */
  at: string
  /** The value, in the kind's smallest part; nothing gives a computed cell its computed value back. */
  value: number | string | null
}

/** Rows that somebody types into a block of typed rows. */
export interface TypeRows {
  /** The return. */
  id: number
  /** The sheet. */
  sheet: string
  /** The rows, a value for each column of the block. */
  rows: ((number | string | null)[])[]
}

/** A person whose blocking ends. */
export interface Unblock {
  /** Who. */
  person: number
  /** On which day. */
  day: string
  /** Why. */
  note?: string | null
}

/** One cell that was understood. */
export interface Understood {
  /** The sheet in the workbook. */
  sheet: string
  /** Where it stood there. */
  at: string
  /** The place in the task's own blank. */
  own: string
  /** What the cell is called. */
  label: string
  /** What it says. */
  text: string
  /** What it was taken for. */
  value: number | string | null
  /** How, where it was not plain. */
  note: string
}

/** Names the step to take back. */
export interface Undo {
  /** The step; the latest that stands where none is named. */
  step?: number | null
}

/** What uniting two rows did. */
export interface United {
  /** How many rows refer to the kept one now, by table. */
  moved: Record<string, number>
  /** How many rows were doubles of one another and became one, by table. */
  united: Record<string, number>
  /** The labels of what the row that went said otherwise, and which was not taken over. */
  left_out: string[]
}

/** One thing that could not be taken. */
export interface Unread {
  /** The sheet in the workbook. */
  sheet: string
  /** The cell; empty where a row or a column is missing. */
  at: string
  /** The place in the task's own blank, where one is meant. */
  own: string
  /** What the cell is called. */
  label: string
  /** What it says. */
  text: string
  /** What is wrong, a Chinese sentence. */
  what: string
  /** The way out. */
  hint: string
}

/** Which return, and whether what it would say today is wanted. */
export interface ViewOf extends ReturnOf {
  /** Whether it is computed anew beside what it says. */
  today?: boolean
  /** Whether the secrets of a roster are shown in full. */
  reveal?: boolean
}

/** One cell of the grid. */
export interface VisitCell {
  /** The day. */
  day: string
  /** The group served. */
  visitor: string
  /** How many times; none empties the cell. */
  count?: number | null
}

/** Someone who is blocked. */
export interface WaitLine {
  /** Who. */
  person: number
  /** What they are called. */
  title: string
  /** Since when. */
  day: string
  /** Why. */
  ground: 'asked' | 'withdrawn' | 'over' | 'other'
  /** What is kept longest; nothing where nothing ever tied them. */
  last: LastTie | null
}

/** Why something cannot be done, in the words of the refusal. */
export interface WhyNot {
  /** What stands against it, and until when. */
  message: string
  /** The way out; may be empty. */
  hint: string
}

/** A task's empty form to write. */
export interface WriteBlank {
  /** The task's word. */
  key: string
  /** Where it goes: a workbook, or with the ending `.json` the package itself. */
  path: string
}

/** A return's workbook to write, unsealed. */
export interface WriteReturn extends ReturnOf {
  /** Where it goes; an older file of the name is replaced. */
  path: string
}

/** What a write gave: its answer, its step (null where nothing changed), the tables to fetch again. */
export interface Written<T> {
  value: T
  step: number | null
  tables: RecordName[]
}

/** Every record by its name. */
export interface Records {
  account: Account
  merged: Merged
  twin: Twin
  disclosure: Disclosure
  unit: Unit
  unit_move: UnitMove
  headcount: Headcount
  person: Person
  station: Station
  visit: Visit
  inspection: Inspection
  member: Member
  change: Change
  dues: Dues
  activity: Activity
  participation: Participation
  team: Team
  volunteer: Volunteer
  service: Service
  star_rule: StarRule
  dossier: Dossier
  task: Task
  return: Return
  delivery: Delivery
  correspondent: Correspondent
  consent: Consent
  retention_rule: RetentionRule
  blocking: Blocking
  erasure: Erasure
}

/** The name of a record. */
export type RecordName = keyof Records

/** Every command: what it takes and what it gives. */
export interface Commands {
  /** 查看本机 */
  'desk.state': { payload: Nothing; answer: DeskState }
  /** 新建台账 */
  'desk.create': { payload: NewOffice; answer: NewFile }
  /** 新建示例台账 */
  'desk.demo': { payload: NewDemo; answer: NewFile }
  /** 打开台账 */
  'desk.open': { payload: Opening; answer: DeskState }
  /** 查看台账在哪里 */
  'desk.lies': { payload: OnDisk; answer: Lies }
  /** 复制台账到本机 */
  'desk.bring': { payload: Bringing; answer: DeskState }
  /** 查看交接包 */
  'desk.parcel': { payload: OnDisk; answer: ParcelFound }
  /** 接收交接包 */
  'desk.take_over': { payload: TakeOver; answer: ParcelFound }
  /** 查看台账的账号 */
  'desk.accounts': { payload: OnDisk; answer: Names }
  /** 关闭台账 */
  'desk.close': { payload: Nothing; answer: DeskState }
  /** 从最近使用中移除 */
  'desk.forget': { payload: OnDisk; answer: DeskState }
  /** 自动备份 */
  'desk.keep': { payload: Nothing; answer: DeskState }
  /** 备份 */
  'desk.backup': { payload: BackupNow; answer: string }
  /** 选择备份文件夹 */
  'desk.backups': { payload: Backups; answer: DeskState }
  /** 查看备份 */
  'desk.copies': { payload: OnDisk; answer: BackupCopy[] }
  /** 查看含已清除信息的备份 */
  'desk.holding': { payload: Nothing; answer: Holding }
  /** 删除含已清除信息的备份 */
  'desk.drop_holding': { payload: Nothing; answer: number }
  /** 修改密码 */
  'desk.password': { payload: NewPassword; answer: null }
  /** 看密码强不强 */
  'desk.strength': { payload: Thought; answer: Strength }
  /** 恢复备份 */
  'desk.restore': { payload: Restoring; answer: Restored }
  /** 办完接手或恢复以后的事 */
  'desk.settled': { payload: Nothing; answer: DeskState }
  /** 比对另一台电脑的台账 */
  'desk.compare': { payload: OtherFile; answer: Comparing }
  /** 合并另一台电脑的台账 */
  'desk.merge': { payload: MergeFile; answer: Written<Comparing> }
  /** 查看本机设置 */
  'desk.recall': { payload: Nothing; answer: Record<string, Json> }
  /** 记住本机设置 */
  'desk.remember': { payload: Remembering; answer: null }
  /** 查看进度 */
  'desk.progress': { payload: JobName; answer: Progress | null }
  /** 停止 */
  'desk.stop': { payload: JobName; answer: null }
  /** 记录说明 */
  'record.describe': { payload: Describe; answer: Json[] }
  /** 查看清单 */
  'record.list': { payload: List; answer: Page }
  /** 查看记录 */
  'record.get': { payload: Get; answer: Found }
  /** 保存记录 */
  'record.save': { payload: Save; answer: Written<Saved> }
  /** 批量修改 */
  'record.edit': { payload: Edit; answer: Written<Edited> }
  /** 合计 */
  'record.sums': { payload: Sums; answer: Summed }
  /** 删除记录 */
  'record.remove': { payload: Remove; answer: Written<Removed> }
  /** 查看修改记录 */
  'record.history': { payload: History; answer: Past[] }
  /** 预览导入 */
  'sheet.preview': { payload: SheetIn; answer: ImportPreview }
  /** 导入 */
  'sheet.import': { payload: Import; answer: Written<Imported> }
  /** 导出 */
  'sheet.export': { payload: SheetOut; answer: number }
  /** 查看代码表 */
  'term.list': { payload: Terms; answer: TermList }
  /** 成批办理 */
  'step.together': { payload: Together; answer: Written<Refused[]> }
  /** 查看操作记录 */
  'step.timeline': { payload: Timeline; answer: Line[] }
  /** 撤销 */
  'step.undo': { payload: Undo; answer: Written<string> }
  /** 重做 */
  'step.redo': { payload: Nothing; answer: Written<string> }
  /** 检查 */
  'store.check': { payload: Nothing; answer: Finding[] }
  /** 修复 */
  'store.mend': { payload: Nothing; answer: Mended }
  /** 自检 */
  'store.trials': { payload: Nothing; answer: Trial[] }
  /** 备份 */
  'store.backup': { payload: Backup; answer: string }
  /** 查看账号 */
  'account.list': { payload: Nothing; answer: AccountLine[] }
  /** 新增账号 */
  'account.add': { payload: NewAccount; answer: Written<number> }
  /** 修改账号 */
  'account.change': { payload: AccountChange; answer: Written<null> }
  /** 停用账号 */
  'account.remove': { payload: AccountOf; answer: Written<null> }
  /** 重设密码 */
  'account.reset': { payload: PasswordOf; answer: Written<null> }
  /** 更换台账钥匙 */
  'account.rekey': { payload: Nothing; answer: Written<Recovery> }
  /** 查看没有收好的恢复密钥 */
  'account.recovery': { payload: Nothing; answer: string | null }
  /** 收好恢复密钥 */
  'account.noted': { payload: Nothing; answer: null }
  /** 首页 */
  'home.today': { payload: Home; answer: Today }
  /** 查看交接清单 */
  'handover.list': { payload: Nothing; answer: HandoverLine[] }
  /** 查看接手后要办的事 */
  'handover.after': { payload: Since; answer: AfterLine[] }
  /** 写出交接清单 */
  'handover.paper': { payload: HandOver; answer: OnPaper }
  /** 制作交接包 */
  'handover.pack': { payload: HandOver; answer: HandedFile }
  /** 工会组织树 */
  'units.tree': { payload: TreeOf; answer: TreeLine[] }
  /** 新建工会 */
  'units.open': { payload: Draft<Unit>; answer: Written<number> }
  /** 调整隶属关系 */
  'units.relocate': { payload: Relocate; answer: Written<number> }
  /** 撤销工会 */
  'units.close': { payload: CloseUnion; answer: Written<HandedOver> }
  /** 合并工会 */
  'units.merge': { payload: MergeUnion; answer: Written<HandedOver> }
  /** 合并人员 */
  'people.merge': { payload: MergePeople; answer: Written<United> }
  /** 查看保存期限 */
  'privacy.standing': { payload: StandingOf; answer: Standing }
  /** 到期清理 */
  'privacy.review': { payload: ReviewOf; answer: Review }
  /** 到期清理 */
  'privacy.due': { payload: DueOf; answer: DueCount }
  /** 核对能否封存 */
  'privacy.before_block': { payload: Chosen; answer: BeforeBlock }
  /** 核对能否清除 */
  'privacy.before_erase': { payload: Chosen; answer: BeforeErase }
  /** 封存个人信息 */
  'privacy.block': { payload: Block; answer: Written<number> }
  /** 解除封存 */
  'privacy.unblock': { payload: Unblock; answer: Written<null> }
  /** 清除个人信息 */
  'privacy.erase': { payload: Erase; answer: Written<Erased> }
  /** 导出个人信息 */
  'privacy.person_sheet': { payload: PersonFile; answer: PersonSheet }
  /** 建账 */
  'members.open_book': { payload: OpenBook; answer: Written<number> }
  /** 办理入会 */
  'members.join': { payload: Join; answer: Written<number> }
  /** 办理入会 */
  'members.enroll': { payload: Enroll; answer: Written<number> }
  /** 办理转入 */
  'members.transfer_in': { payload: TransferIn; answer: Written<number> }
  /** 办理转会 */
  'members.transfer': { payload: Transfer; answer: Written<number> }
  /** 保留会籍 */
  'members.retain': { payload: Turn; answer: Written<number> }
  /** 恢复会籍 */
  'members.resume': { payload: Turn; answer: Written<number> }
  /** 办理退会 */
  'members.leave': { payload: Turn; answer: Written<number> }
  /** 除名 */
  'members.expel': { payload: Turn; answer: Written<number> }
  /** 登记会费 */
  'members.collect_dues': { payload: CollectDues; answer: Written<number> }
  /** 登记服务人次 */
  'stations.record_visits': { payload: RecordVisits; answer: Written<RecordedVisits> }
  /** 检查站点 */
  'stations.inspect': { payload: Inspect; answer: Written<number> }
  /** 站点整改合格 */
  'stations.clear_inspection': { payload: ClearInspection; answer: Written<null> }
  /** 登记活动举办 */
  'activities.hold': { payload: HoldActivity; answer: Written<null> }
  /** 登记活动人数 */
  'activities.count': { payload: CountPeople; answer: Written<null> }
  /** 登记活动参加人 */
  'activities.participants': { payload: Participants; answer: Written<Attended> }
  /** 写出签到表 */
  'activities.sign_in_sheet': { payload: SignInSheet; answer: OnPaper }
  /** 注册志愿者 */
  'volunteers.register': { payload: RegisterVolunteers; answer: Written<RegisteredVolunteers> }
  /** 志愿者编队 */
  'volunteers.move_to_team': { payload: MoveToTeam; answer: Written<number> }
  /** 注销志愿者 */
  'volunteers.end': { payload: EndVolunteers; answer: Written<number> }
  /** 登记服务时长 */
  'volunteers.record_service': { payload: RecordService; answer: Written<RecordedService> }
  /** 查看服务时长 */
  'volunteers.tally': { payload: TallyOf; answer: Tally }
  /** 出具志愿服务证明 */
  'volunteers.certificate': { payload: Certificates; answer: OnPaper }
  /** 查看月报 */
  'monthly.book': { payload: BookOf; answer: MonthlyBook }
  /** 写出月报 */
  'monthly.write': { payload: BookFile; answer: MonthlyBook }
  /** 查看月报数字的来源 */
  'monthly.behind': { payload: NumberOf; answer: Counted[] }
  /** 查看指标 */
  'indicator.list': { payload: Nothing; answer: IndicatorLine[] }
  /** 查看报表任务 */
  'task.list': { payload: Nothing; answer: TaskLine[] }
  /** 查看报表任务 */
  'task.get': { payload: TaskOf; answer: ReportTask }
  /** 检查报表任务 */
  'task.check': { payload: NewTask; answer: TaskFlaw[] }
  /** 装入报表任务 */
  'task.add': { payload: NewTask; answer: Written<number> }
  /** 查看报表样式 */
  'task.form': { payload: TaskOf; answer: BlankProposal[] }
  /** 试算报表任务 */
  'task.try': { payload: TryTask; answer: Tried }
  /** 运算报表 */
  'return.compute': { payload: ComputeOf; answer: Written<number> }
  /** 运算全部报表 */
  'return.compute_all': { payload: ComputeAll; answer: Written<number[]> }
  /** 汇总报表 */
  'return.consolidate': { payload: Consolidate; answer: Written<Consolidated> }
  /** 查找报表 */
  'return.find': { payload: ComputeOf; answer: number | null }
  /** 查看报表 */
  'return.view': { payload: ViewOf; answer: ReturnView }
  /** 查看报表数字的来源 */
  'return.behind': { payload: NumberAt; answer: Source }
  /** 查看报表序时数据 */
  'return.series': { payload: SeriesOf; answer: SeriesPoint[] }
  /** 查看报表任务的数 */
  'task.numbers': { payload: TaskOf; answer: TaskNumber[] }
  /** 查看透视表 */
  'return.pivot': { payload: PivotOf; answer: Pivot }
  /** 写出透视表 */
  'return.write_pivot': { payload: PivotFile; answer: string }
  /** 写出情况简报 */
  'return.brief': { payload: Brief; answer: OnPaper }
  /** 填写报表 */
  'return.type_in': { payload: TypeIn; answer: Written<null> }
  /** 填写报表 */
  'return.type_rows': { payload: TypeRows; answer: Written<null> }
  /** 说明审核问题 */
  'return.explain': { payload: Explain; answer: Written<null> }
  /** 填写报表签署人 */
  'return.sign': { payload: SetSigners; answer: Written<null> }
  /** 审核报表 */
  'return.audit': { payload: ReturnOf; answer: Written<Audited> }
  /** 填写报表附件 */
  'return.attach': { payload: Attach; answer: Written<null> }
  /** 更正报表 */
  'return.correct': { payload: Correct; answer: Written<number> }
  /** 读取报表任务文件 */
  'task.read': { payload: CardFile; answer: ReportTask }
  /** 读取空白表 */
  'task.propose': { payload: CardFile; answer: Proposed }
  /** 写出报表任务 */
  'task.write': { payload: WriteBlank; answer: string }
  /** 写出报表 */
  'return.write': { payload: WriteReturn; answer: string }
  /** 上报封存报表 */
  'return.send': { payload: Send; answer: Written<SentFile> }
  /** 装入上报文件 */
  'return.receive': { payload: Receive; answer: Written<Delivered[]> }
  /** 查看收件 */
  'return.delivery': { payload: DeliveryOf; answer: Delivered }
  /** 接收报表 */
  'return.take': { payload: Deliveries; answer: Written<number[]> }
  /** 写出回执 */
  'return.answer': { payload: Answer; answer: Written<Answered> }
  /** 查看本机通讯卡 */
  'card.own': { payload: OwnCard; answer: CardShown }
  /** 更换签名钥匙 */
  'card.renew': { payload: Nothing; answer: Written<CardShown> }
  /** 删除通讯卡 */
  'card.remove': { payload: CardOf; answer: Written<null> }
  /** 查看对方的通讯卡 */
  'card.look': { payload: CardFile; answer: CardShown }
  /** 装入通讯卡 */
  'card.add': { payload: CardFile; answer: Written<CardShown> }
  /** 查看报送情况 */
  'return.board': { payload: BoardOf; answer: Board }
  /** 节点检查 */
  'return.nodes': { payload: NodesOf; answer: Node[] }
}
