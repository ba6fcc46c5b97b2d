//! What is counted of volunteers: teams, the register, service by field.

use super::TeamLevel;
use crate::record::Code;
use crate::report::{By, Family, Indicator, Kind, Measure, Rows, Split};

const AREAS: &[Split] = &[Split { key: "area", label: "服务领域", by: By::Broad("service_area") }];

pub(super) const TEAMS: Indicator = Indicator {
    code: "volunteers.teams",
    label: "志愿服务队",
    measure: Measure::Things,
    kind: Kind::Moment,
    definition: "期末的志愿服务队数：成立日期不晚于期末（未填的视为早已成立），且期末尚未撤销。计入组建的工会。",
    additive: true,
    splits: &[Split { key: "level", label: "队伍级别", by: By::Code(TeamLevel::LIST) }],
    rows: &[Rows {
        table: "team",
        sql: "SELECT t.id, 0, 1, t.level FROM place CROSS JOIN team t ON t.unit = place.id
              WHERE coalesce(t.founded <= ?3, 1) AND coalesce(t.disbanded > ?3, 1)",
    }],
};

pub(super) const REGISTERED: Indicator = Indicator {
    code: "volunteers.registered",
    label: "注册志愿者",
    measure: Measure::People,
    kind: Kind::Moment,
    definition: "期末在册的注册志愿者人数：注册日期不晚于期末，且期末尚未注销。按现在登记的注册工会归类，一人只在一个工会注册。",
    additive: true,
    splits: &[],
    rows: &[Rows {
        table: "volunteer",
        sql: "SELECT v.id, 0, 1 FROM place CROSS JOIN volunteer v ON v.unit = place.id
              WHERE v.registered <= ?3 AND coalesce(v.ended > ?3, 1)",
    }],
};

pub(super) const MEMBERS: Indicator = Indicator {
    code: "volunteers.members",
    label: "其中会员",
    measure: Measure::People,
    kind: Kind::Moment,
    definition: "期末在册的注册志愿者中，期末是工会会员（含保留会籍，不论在哪个工会）的人数。",
    additive: true,
    splits: &[],
    rows: &[Rows {
        table: "volunteer",
        sql: "SELECT v.id, 0, 1 FROM place CROSS JOIN volunteer v ON v.unit = place.id
              WHERE v.registered <= ?3 AND coalesce(v.ended > ?3, 1) AND 0 < (
                SELECT sum(CASE WHEN c.kind IN (0, 1, 2) THEN 1 WHEN c.kind IN (4, 5, 6) THEN -1 ELSE 0 END)
                FROM member m JOIN change c ON c.member = m.id WHERE m.person = v.person AND c.day <= ?3)",
    }],
};

pub(super) const NEWLY: Indicator = Indicator {
    code: "volunteers.newly_registered",
    label: "本期新注册",
    measure: Measure::People,
    kind: Kind::Within,
    definition: "注册日期在本期内的志愿者人数，本期内又注销的也计入。",
    additive: true,
    splits: &[],
    rows: &[Rows {
        table: "volunteer",
        sql: "SELECT v.id, 0, 1 FROM place CROSS JOIN volunteer v ON v.unit = place.id WHERE v.registered BETWEEN ?2 AND ?3",
    }],
};

pub(super) const ACTIVITIES: Indicator = Indicator {
    code: "volunteers.activities",
    label: "志愿服务活动",
    measure: Measure::Events,
    kind: Kind::Within,
    definition: "本期内已举办的活动中填有志愿服务领域的场次，计入主办工会。",
    additive: true,
    splits: AREAS,
    rows: &[Rows {
        table: "activity",
        sql: "SELECT a.id, 0, 1, a.area FROM place CROSS JOIN activity a ON a.unit = place.id
              WHERE a.state = 2 AND a.day BETWEEN ?2 AND ?3 AND a.area IS NOT NULL",
    }],
};

pub(super) const TIMES: Indicator = Indicator {
    code: "volunteers.times",
    label: "志愿者人次",
    measure: Measure::Times,
    kind: Kind::Within,
    definition: "本期内登记了志愿服务时长的人次：一人一场计一次。没有登记时长的不计。",
    additive: true,
    splits: AREAS,
    rows: &[Rows {
        table: "service",
        sql: "SELECT s.activity, s.person, 1, a.area FROM place CROSS JOIN activity a ON a.unit = place.id
              JOIN service s ON s.activity = a.id WHERE a.state = 2 AND a.day BETWEEN ?2 AND ?3",
    }],
};

pub(super) const ACTIVE: Indicator = Indicator {
    code: "volunteers.active",
    label: "参加服务的志愿者",
    measure: Measure::People,
    kind: Kind::Within,
    definition: "本期内至少登记了一次志愿服务时长的人数，按人去重：一人服务多场只计一人，跨工会服务的在各工会各计一人、在共同的上级只计一人。",
    additive: false,
    splits: &[],
    rows: &[Rows {
        table: "person",
        sql: "SELECT s.person, 0, 1 FROM place CROSS JOIN activity a ON a.unit = place.id
              JOIN service s ON s.activity = a.id WHERE a.state = 2 AND a.day BETWEEN ?2 AND ?3",
    }],
};

pub(super) const MINUTES: Indicator = Indicator {
    code: "volunteers.minutes",
    label: "服务时长",
    measure: Measure::Minutes,
    kind: Kind::Within,
    definition: "本期内登记的志愿服务时长之和，不含往返路途，签到和补录的都计；以分钟登记，以小时列示。",
    additive: true,
    splits: AREAS,
    rows: &[Rows {
        table: "service",
        sql: "SELECT s.activity, s.person, s.minutes, a.area FROM place CROSS JOIN activity a ON a.unit = place.id
              JOIN service s ON s.activity = a.id WHERE a.state = 2 AND a.day BETWEEN ?2 AND ?3",
    }],
};

pub(super) const SERVED: Indicator = Indicator {
    code: "volunteers.served",
    label: "受益人次",
    measure: Measure::Times,
    kind: Kind::Within,
    definition: "本期内志愿服务活动登记的受益人次之和，不含组织者和志愿者。",
    additive: true,
    splits: AREAS,
    rows: &[Rows {
        table: "activity",
        sql: "SELECT a.id, 0, coalesce(a.served, 0), a.area FROM place CROSS JOIN activity a ON a.unit = place.id
              WHERE a.state = 2 AND a.day BETWEEN ?2 AND ?3 AND a.area IS NOT NULL",
    }],
};

pub(super) const INDICATORS: &[Indicator] = &[TEAMS, REGISTERED, MEMBERS, NEWLY, ACTIVITIES, TIMES, ACTIVE, MINUTES, SERVED];

/// The indicators of volunteers.
pub fn family() -> Family {
    Family::new("volunteers", INDICATORS)
}
