"""Closes the windows on a display as their frames' buttons would: sends each WM_DELETE_WINDOW."""

import ctypes
import sys
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p

CLIENT_MESSAGE = 33


class Message(ctypes.Structure):
    """XClientMessageEvent, padded to the size of an XEvent."""

    _fields_ = [("type", c_int), ("serial", c_ulong), ("send_event", c_int), ("display", c_void_p), ("window", c_ulong),
                ("message_type", c_ulong), ("format", c_int), ("data", c_long * 5), ("pad", c_long * 24)]


x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = c_void_p
x.XDefaultRootWindow.argtypes, x.XDefaultRootWindow.restype = [c_void_p], c_ulong
x.XInternAtom.argtypes, x.XInternAtom.restype = [c_void_p, c_char_p, c_int], c_ulong
x.XQueryTree.argtypes = [c_void_p, c_ulong, POINTER(c_ulong), POINTER(c_ulong), POINTER(POINTER(c_ulong)), POINTER(c_uint)]
x.XGetWMProtocols.argtypes = [c_void_p, c_ulong, POINTER(POINTER(c_ulong)), POINTER(c_int)]
x.XSendEvent.argtypes = [c_void_p, c_ulong, c_int, c_long, c_void_p]
x.XSync.argtypes = [c_void_p, c_int]

display = x.XOpenDisplay(None)
delete = x.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
protocols = x.XInternAtom(display, b"WM_PROTOCOLS", 0)
root, parent, children, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
x.XQueryTree(display, x.XDefaultRootWindow(display), byref(root), byref(parent), byref(children), byref(count))
told = 0
for window in children[: count.value]:
    atoms, number = POINTER(c_ulong)(), c_int()
    if x.XGetWMProtocols(display, window, byref(atoms), byref(number)) and delete in atoms[: number.value]:
        message = Message(type=CLIENT_MESSAGE, send_event=1, window=window, message_type=protocols, format=32)
        message.data[0] = delete
        x.XSendEvent(display, window, 0, 0, byref(message))
        told += 1
x.XSync(display, 0)
sys.exit(0 if told else 1)
