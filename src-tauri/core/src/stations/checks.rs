//! What the stations of a sound file hold among themselves.

use crate::error::Result;
use crate::store::{Db, Finding};

/// Looks whether stations served on days on which they were not open, and whether closed unions still have stations.
/// A station whose day of building or closing is not known counts as open.
pub(super) fn check(db: &Db<'_>) -> Result<Vec<Finding>> {
    let shut = "SELECT count(*), coalesce(sum(s.state = 1 OR v.day < s.built OR v.day >= s.closed), 0) \
                FROM visit v JOIN station s ON s.id = v.station WHERE v.count > 0";
    let orphans = "SELECT count(*), coalesce(sum(u.closed IS NOT NULL), 0) FROM station s JOIN unit u ON u.id = s.unit WHERE s.state NOT IN (4, 5)";
    Ok(vec![
        Finding::counted(db, "服务人次都在站点开放期间", shut, "请核对这些人次的日期，或修改站点的建成、停用日期。")?,
        Finding::counted(db, "未停用的站点都有现有的主管工会", orphans, "请把这些站点划给现在主管的工会。")?,
    ])
}
