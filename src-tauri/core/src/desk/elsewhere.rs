//! Files that lie where they must not be worked on: shares, folders that a program syncs, disks that are pulled out.
//!
//! SQLite's locks do not hold on network shares (sqlite.org/howtocorrupt.html, 2.1), a sync program copies half-written files and merges
//! nothing, and a stick is pulled out in the midst of a step. Such a file is copied to this PC, where it is a seat of its own.

use std::fs;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Desk;
use super::files::{DeskState, OnDisk, Opening, lay, secret, state, whole};
use crate::api::Nothing;
use crate::error::{Error, Refusal, Result};
use crate::record::Wire;
use crate::store::{Store, copy_aside, stem};

/// Why a file is not worked on where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Wire)]
#[serde(rename_all = "lowercase")]
pub enum Elsewhere {
    /// On another computer's share.
    Network,
    /// In a folder that a program keeps the same on several computers.
    Synced,
    /// On a disk that can be pulled out.
    Removable,
}

/// Where a file lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Wire)]
pub struct Lies {
    /// Why it is not worked on there; nothing where it may be.
    pub elsewhere: Option<Elsewhere>,
}

/// A file to copy to this PC and to open here.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Bringing {
    /// The file, with what opens it.
    pub file: Opening,
    /// Where the copy shall lie; must not exist.
    pub to: PathBuf,
}

/// Folders that sync programs make unasked, as they name them. A folder that somebody named otherwise is not known.
const SYNCED: [&str; 22] = [
    "OneDrive",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "iCloudDrive",
    "Nutstore",
    "Nutstore Files",
    "我的坚果云",
    "坚果云",
    "BaiduSyncdisk",
    "BaiduNetdiskWorkspace",
    "百度网盘同步空间",
    "微云同步助手",
    "weiyunSyncFolder",
    "WPS云盘",
    "WPS企业云盘",
    "WPSDrive",
    "Nextcloud",
    "ownCloud",
    "Seafile",
    "SynologyDrive",
    "Syncthing",
];
/// Beginnings of such names, which end with the organisation or the account: `OneDrive - 单位`, `微云同步助手(12345)`.
const SYNCED_FOR: [&str; 2] = ["OneDrive - ", "微云同步助手("];

/// Kinds of file system that lie on another computer, as Linux names them.
const SHARES: [&str; 11] =
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs", "fuse.davfs2", "fuse.sshfs", "fuse.gvfsd-fuse"];

/// Says where a file lies.
pub fn lies(_: &Desk, ask: &OnDisk) -> Result<Lies> {
    Ok(Lies { elsewhere: elsewhere(&whole(&ask.path)?) })
}

/// Copies a file that lies elsewhere to this PC and opens the copy, which is a seat of its own; the file stays as it is.
pub fn bring(desk: &Desk, ask: &Bringing) -> Result<DeskState> {
    let (from, to) = (whole(&ask.file.path)?, whole(&ask.to)?);
    well(&to)?;
    let secret = secret(ask.file.account.as_deref(), ask.file.password.as_deref(), ask.file.recovery.as_deref())?;
    let at = (desk.place.clock)().at;
    desk.attempts.of(&from, at, || copy_aside(&from, &secret, &to))?;
    lay(desk, Store::open(&to, &secret, desk.place.access(None)?)?, None);
    state(desk, &Nothing {})
}

/// Refuses a place in which a file must not be worked on, and says what to do instead.
pub fn well(path: &Path) -> Result<()> {
    let Some(elsewhere) = elsewhere(path) else { return Ok(()) };
    let where_ = match elsewhere {
        Elsewhere::Network => "网络共享",
        Elsewhere::Synced => "网盘同步的文件夹",
        Elsewhere::Removable => "U 盘等可拔出的磁盘",
    };
    Err(Error::File(Refusal::new(
        format!("“{}”在{where_}上，在那里直接录入容易丢失或损坏数据，没有打开。", stem(path)),
        "请用“复制到本机”打开；另一台电脑也在录入的，以后在“设置”里用“合并另一台电脑的台账”并到一起。",
    )))
}

/// Why a file is not worked on where it lies; nothing where it may be.
pub fn elsewhere(path: &Path) -> Option<Elsewhere> {
    // A file that does not exist yet lies where its folder does.
    let real = path.ancestors().find_map(|folder| fs::canonicalize(folder).ok()).unwrap_or_else(|| path.to_owned());
    if is_synced(path) || is_synced(&real) {
        return Some(Elsewhere::Synced);
    }
    if is_unc(&real) {
        return Some(Elsewhere::Network);
    }
    mounted(&fs::read_to_string("/proc/self/mountinfo").unwrap_or_default(), &real, is_usb)
}

fn is_synced(path: &Path) -> bool {
    let is_named =
        |name: &str| SYNCED.iter().any(|known| name.eq_ignore_ascii_case(known)) || SYNCED_FOR.iter().any(|begin| name.starts_with(begin));
    path.components().any(|part| matches!(part, Component::Normal(name) if is_named(&name.to_string_lossy())))
}

/// A path to a share, as Windows writes it.
fn is_unc(path: &Path) -> bool {
    let text = path.to_string_lossy();
    (text.starts_with(r"\\") && !text.starts_with(r"\\?\") && !text.starts_with(r"\\.\")) || text.starts_with(r"\\?\UNC\")
}

/// Whether a block device hangs on a USB plug, by its numbers `major:minor`.
fn is_usb(device: &str) -> bool {
    fs::canonicalize(format!("/sys/dev/block/{device}")).is_ok_and(|path| path.to_string_lossy().contains("/usb"))
}

/// Looks a path up among the mounts of Linux (proc(5): mountinfo). The disk that the system runs from is never one that is pulled out.
fn mounted(mounts: &str, path: &Path, is_usb: impl Fn(&str) -> bool) -> Option<Elsewhere> {
    let mounts = mounts.lines().filter_map(Mount::read);
    let mount = mounts.filter(|mount| path.starts_with(&mount.at)).max_by_key(|mount| mount.at.components().count())?;
    if SHARES.contains(&mount.kind) {
        return Some(Elsewhere::Network);
    }
    let is_system = ["/", "/home", "/usr", "/var", "/tmp", "/root"].iter().any(|at| mount.at == Path::new(at));
    (!is_system && is_usb(mount.device)).then_some(Elsewhere::Removable)
}

/// A mount: `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw`.
struct Mount<'m> {
    device: &'m str,
    at: PathBuf,
    kind: &'m str,
}

impl<'m> Mount<'m> {
    fn read(line: &'m str) -> Option<Self> {
        let (before, after) = line.split_once(" - ")?;
        let mut words = before.split(' ').skip(2);
        let device = words.next()?;
        let at = words.nth(1)?.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
        Some(Self { device, at: at.into(), kind: after.split(' ').next()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw\n\
30 22 0:45 / /srv/share rw - cifs //server/share rw\n\
31 22 0:46 / /home/zhang/nas rw - nfs4 server:/x rw\n\
40 22 8:17 / /media/zhang/KINGSTON\\040盘 rw,nosuid - vfat /dev/sdb1 rw\n\
41 22 8:33 / /data rw - ext4 /dev/sdc1 rw\n";

    fn found(path: &str) -> Option<Elsewhere> {
        mounted(MOUNTS, Path::new(path), |device| ["8:17", "8:2"].contains(&device))
    }

    #[test]
    fn shares_and_sticks_are_told_from_the_pcs_own_disks() {
        assert_eq!(found("/srv/share/台账.unionbook"), Some(Elsewhere::Network), "a Windows share");
        assert_eq!(found("/home/zhang/nas/台账.unionbook"), Some(Elsewhere::Network), "the longest mount counts");
        assert_eq!(found("/media/zhang/KINGSTON 盘/台账.unionbook"), Some(Elsewhere::Removable), "a name with a space");
        assert_eq!(found("/home/zhang/台账.unionbook"), None, "the system's own disk, though it hangs on USB");
        assert_eq!(found("/data/台账.unionbook"), None, "a second disk inside");
    }

    #[test]
    fn synced_folders_are_told_by_their_names() {
        assert!(is_synced(Path::new("/home/zhang/我的坚果云/工会/台账.unionbook")), "as the program names it");
        assert!(is_synced(Path::new("/home/zhang/onedrive/台账.unionbook")), "in any case");
        assert!(is_synced(Path::new("/home/zhang/OneDrive - 街道总工会/台账.unionbook")), "with the organisation's name");
        for folder in
            ["BaiduNetdiskWorkspace", "BaiduSyncdisk", "微云同步助手/332667", "微云同步助手(332667)", "weiyunSyncFolder", "Nextcloud"]
        {
            assert!(is_synced(&Path::new("/home/zhang").join(folder).join("台账.unionbook")), "{folder}");
        }
        for folder in ["Seafile/我的资料库", "SynologyDrive", "WPSDrive/267329/WPS云盘", "WPS企业云盘", "Nutstore Files/我的坚果云"]
        {
            assert!(is_synced(&Path::new("/home/zhang").join(folder).join("台账.unionbook")), "{folder}");
        }
        assert!(!is_synced(Path::new("/home/zhang/工会/OneDrive说明.unionbook")), "not by a part of a name");
    }

    #[test]
    fn paths_to_shares_are_told_on_windows_too() {
        assert!(is_unc(Path::new(r"\\server\share\台账.unionbook")) && is_unc(Path::new(r"\\?\UNC\server\share")), "shares");
        assert!(!is_unc(Path::new(r"\\?\C:\台账.unionbook")) && !is_unc(Path::new(r"C:\台账.unionbook")), "drives");
    }
}
