"""The wall of this room: functions that see what their caller may not."""
