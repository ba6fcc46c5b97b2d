"""Holds files to be dragged: a small window at X, Y whose content, pulled away with the mouse, is the files. Ends when they are let go."""

import ctypes
import sys
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_uint, c_ulong, c_void_p
from pathlib import Path

POPUP, BUTTON_1, COPY = 1, 1 << 8, 1 << 1

gtk = ctypes.CDLL("libgtk-3.so.0")
gobject = ctypes.CDLL("libgobject-2.0.so.0")
glib = ctypes.CDLL("libglib-2.0.so.0")
gtk.gtk_window_new.restype = gtk.gtk_event_box_new.restype = c_void_p
for name, kinds in {
    "gtk_window_move": [c_void_p, c_int, c_int],
    "gtk_window_resize": [c_void_p, c_int, c_int],
    "gtk_container_add": [c_void_p, c_void_p],
    "gtk_widget_show_all": [c_void_p],
    "gtk_drag_source_set": [c_void_p, c_int, c_void_p, c_int, c_int],
    "gtk_drag_source_add_uri_targets": [c_void_p],
    "gtk_selection_data_set_uris": [c_void_p, POINTER(c_char_p)],
}.items():
    getattr(gtk, name).argtypes = kinds
Given = CFUNCTYPE(None, c_void_p, c_void_p, c_void_p, c_uint, c_uint, c_void_p)
Ended = CFUNCTYPE(None, c_void_p, c_void_p, c_void_p)
Later = CFUNCTYPE(c_int, c_void_p)
gobject.g_signal_connect_data.argtypes = [c_void_p, c_char_p, c_void_p, c_void_p, c_void_p, c_int]
gobject.g_signal_connect_data.restype = c_ulong
glib.g_timeout_add.argtypes = [c_uint, Later, c_void_p]

x, y, *files = sys.argv[1:]
links = [Path(file).as_uri().encode() for file in files]


@Given
def given(_widget, _context, data, _kind, _time, _more):
    gtk.gtk_selection_data_set_uris(data, (c_char_p * (len(links) + 1))(*links, None))


@Ended
def ended(_widget, _context, _more):
    gtk.gtk_main_quit()


@Later
def shown(_more):
    print("ready", flush=True)
    return 0


gtk.gtk_init(None, None)
window, box = gtk.gtk_window_new(POPUP), gtk.gtk_event_box_new()
gtk.gtk_container_add(window, box)
gtk.gtk_drag_source_set(box, BUTTON_1, None, 0, COPY)
gtk.gtk_drag_source_add_uri_targets(box)
gobject.g_signal_connect_data(box, b"drag-data-get", ctypes.cast(given, c_void_p), None, None, 0)
gobject.g_signal_connect_data(box, b"drag-end", ctypes.cast(ended, c_void_p), None, None, 0)
gtk.gtk_window_resize(window, 80, 40)
gtk.gtk_window_move(window, int(x), int(y))
gtk.gtk_widget_show_all(window)
glib.g_timeout_add(500, shown, None)
gtk.gtk_main()
