"""What the operating system says of a file, in both languages."""

from __future__ import annotations

import errno

from lawengine.base.label import Label

_CHINESE = {
    errno.ENOENT: "文件或者文件夹不存在",
    errno.EACCES: "没有访问权限",
    errno.EPERM: "不允许此操作",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENOSPC: "磁盘空间已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件过大",
    errno.EROFS: "文件系统只读",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "符号链接过多，可能循环",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "系统打开的文件过多",
    errno.EBUSY: "正被占用",
    errno.ETXTBSY: "程序文件正被占用",
    errno.EXDEV: "不能跨文件系统移动",
    errno.EIO: "读写错误",
    errno.EINVAL: "参数无效",
    errno.EPIPE: "管道的另一端已关闭",
    errno.ENOMEM: "内存不足",
    errno.ENODEV: "没有此设备",
    errno.ENXIO: "没有此设备或者地址",
    errno.ESPIPE: "不能在管道中定位",
}


def system_reason(error: OSError) -> Label:
    """Return why the system refused; in Chinese with its own words where we have none."""
    said = error.strerror or type(error).__name__
    number = error.errno or 0
    return Label(said, _CHINESE.get(number, f"系统错误{number}（{said}）"))
