"""The commands, one file each: a file that defines `command` is the whole of adding one."""
