//! What the server says to whoever uses the page.

use super::Refusal;
use crate::message::Message;

const BAD: &str = "400 Bad Request";
const LARGE: &str = "413 Content Too Large";

pub(super) fn no_check() -> Refusal {
    ("404 Not Found", Message::new("there is no such check in this session", "本次会话中没有这项检查"))
}

pub(super) fn not_done() -> Refusal {
    ("409 Conflict", Message::new("the check is not done", "检查尚未完成"))
}

pub(super) fn too_many_checks() -> Refusal {
    ("409 Conflict", Message::new("there are too many checks; remove some", "检查过多，请移除一些"))
}

pub(super) fn no_room(total: u64) -> Refusal {
    let en = format!(
        "the checks of this session would hold more than {total} bytes; remove some, or raise --max-total-size"
    );
    let zh = format!("本次会话的各项检查合计将超过 {total} 字节；请移除一些，或提高 --max-total-size");
    (LARGE, Message::new(en, zh))
}

pub(super) fn garbled() -> Refusal {
    (BAD, Message::new("the files did not come as they were announced", "收到的文件与声明不符"))
}

pub(super) fn no_path(path: &str) -> Refusal {
    let en = format!("\"{path}\" is no name for a file below a folder");
    (BAD, Message::new(en, format!("“{path}”不能作为文件夹中的文件名")))
}

pub(super) fn twice(path: &str) -> Refusal {
    (BAD, Message::new(format!("{path}: comes twice"), format!("{path}：出现了两次")))
}

pub(super) fn no_original() -> Refusal {
    (BAD, Message::new("the original is missing", "缺少原文"))
}

pub(super) fn file_and_folder() -> Refusal {
    let en = "one side is a file and the other a folder; drop two files or two folders";
    (BAD, Message::new(en, "一侧是文件，另一侧是文件夹；请拖入两个文件或两个文件夹"))
}

pub(super) fn too_many_files(found: usize, most: usize) -> Refusal {
    let en = format!("{found} files, and {most} are the most; drop fewer, or raise --max-files");
    (LARGE, Message::new(en, format!("共 {found} 个文件，最多 {most} 个；请减少文件，或提高 --max-files")))
}

pub(super) fn too_large(path: &str, most: u64) -> Refusal {
    let en = format!("{path}: larger than {most} bytes; split it up, or raise --max-file-size");
    (LARGE, Message::new(en, format!("{path}：超过 {most} 字节；请拆分，或提高 --max-file-size")))
}

pub(super) fn stumbled() -> Message {
    Message::new(
        "the program stumbled over these files; please report it",
        "程序在处理这些文件时出错，请反馈",
    )
}

pub(super) fn unread(kinds: &str) -> Message {
    Message::new(
        format!("left unread, because of their kinds: {kinds}"),
        format!("因种类不支持而未读取：{kinds}"),
    )
}

pub(super) fn read_as(path: &str, encoding: &str) -> Message {
    Message::new(format!("{path}: read as {encoding}"), format!("{path}：按 {encoding} 读取"))
}

pub(super) fn unseen(count: usize) -> Message {
    Message::new(
        format!("pairs checked without --deep, whose encoder knows Chinese and English alone: {count}"),
        format!("有 {count} 对文件未启用 --deep 检查：其编码器只懂中文和英文"),
    )
}
