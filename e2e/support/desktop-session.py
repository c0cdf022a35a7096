"""The desktop's side of a D-Bus session, as small as it can be: a host of tray items and a server of notifications.

Serves org.kde.StatusNotifierWatcher and org.freedesktop.Notifications at the bus of DBUS_SESSION_BUS_ADDRESS. Takes one
order a line as JSON on standard input, gives one answer a line as JSON on standard output.
"""

import json
import sys

from gi.repository import Gio, GLib

WATCHER = 'org.kde.StatusNotifierWatcher'
NOTIFICATIONS = 'org.freedesktop.Notifications'
ITEM = 'org.kde.StatusNotifierItem'
MENU = 'com.canonical.dbusmenu'
TIMEOUT_MS = 5000

SERVED = Gio.DBusNodeInfo.new_for_xml(f"""
<node>
  <interface name='{WATCHER}'>
    <method name='RegisterStatusNotifierItem'><arg direction='in' type='s'/></method>
    <method name='RegisterStatusNotifierHost'><arg direction='in' type='s'/></method>
    <property name='IsStatusNotifierHostRegistered' type='b' access='read'/>
    <property name='RegisteredStatusNotifierItems' type='as' access='read'/>
    <property name='ProtocolVersion' type='i' access='read'/>
  </interface>
  <interface name='{NOTIFICATIONS}'>
    <method name='GetCapabilities'><arg direction='out' type='as'/></method>
    <method name='GetServerInformation'>
      <arg direction='out' type='s'/><arg direction='out' type='s'/>
      <arg direction='out' type='s'/><arg direction='out' type='s'/>
    </method>
    <method name='Notify'>
      <arg direction='in' type='s'/><arg direction='in' type='u'/><arg direction='in' type='s'/>
      <arg direction='in' type='s'/><arg direction='in' type='s'/><arg direction='in' type='as'/>
      <arg direction='in' type='a{{sv}}'/><arg direction='in' type='i'/><arg direction='out' type='u'/>
    </method>
    <method name='CloseNotification'><arg direction='in' type='u'/></method>
    <signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>
    <signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>
  </interface>
</node>""")

bus = Gio.DBusConnection.new_for_address_sync(
    sys.argv[1],
    Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
    None,
    None,
)
loop = GLib.MainLoop()
items = []  # (bus name, object path) of each tray item that is there
notifications = []  # what was shown, its number in the list is its id minus one


def served(_bus, sender, _path, _interface, method, parameters, invocation):
    values = parameters.unpack()
    answer = None
    if method == 'RegisterStatusNotifierItem':
        # Either a bus name, or a path at the bus name of who asks.
        given = values[0]
        items.append((sender, given) if given.startswith('/') else (given, '/StatusNotifierItem'))
    elif method == 'GetCapabilities':
        answer = GLib.Variant('(as)', (['actions', 'body'],))
    elif method == 'GetServerInformation':
        answer = GLib.Variant('(ssss)', ('a test', 'Gearway', '1', '1.2'))
    elif method == 'Notify':
        app, _replaces, _icon, title, body, actions, _hints, _expires = values
        notifications.append({'app': app, 'title': title, 'body': body, 'actions': actions[::2]})
        answer = GLib.Variant('(u)', (len(notifications),))
    invocation.return_value(answer)


def read_property(_bus, _sender, _path, _interface, name):
    return {
        'IsStatusNotifierHostRegistered': GLib.Variant('b', True),
        'RegisteredStatusNotifierItems': GLib.Variant('as', [name for name, _ in items]),
        'ProtocolVersion': GLib.Variant('i', 0),
    }[name]


def call(name, path, interface, method, parameters):
    return bus.call_sync(
        name, path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, TIMEOUT_MS, None
    ).unpack()


def properties_of(name, path):
    return call(
        name, path, 'org.freedesktop.DBus.Properties', 'GetAll', GLib.Variant('(s)', (ITEM,))
    )[0]


def menu_entries(layout):
    _id, _properties, children = layout
    return [
        {
            'id': child[0],
            'label': child[1].get('label', ''),
            'enabled': child[1].get('enabled', True),
            'checked': child[1].get('toggle-state', 0) == 1,
            'separator': child[1].get('type') == 'separator',
            'entries': menu_entries(child),
        }
        for child in children
    ]


def read_tray():
    """Each item with its menu. Nothing is kept here: it is asked anew, as a panel does that opens a menu."""
    trays = []
    for name, path in items:
        item = properties_of(name, path)
        menu = item['Menu']
        _revision, layout = call(name, menu, MENU, 'GetLayout', GLib.Variant('(iias)', (0, -1, [])))
        trays.append(
            {
                'id': item['Id'],
                'title': item['Title'],
                'status': item['Status'],
                'tooltip': item['ToolTip'][2],
                'icons': [[width, height] for width, height, _ in item['IconPixmap']],
                'entries': menu_entries(layout),
            }
        )
    return trays


def order(asked):
    what = asked['do']
    if what == 'tray':
        return read_tray()
    if what == 'press':
        name, path = items[-1]
        menu = properties_of(name, path)['Menu']
        event = GLib.Variant('(isvu)', (asked['id'], 'clicked', GLib.Variant('i', 0), 0))
        call(name, menu, MENU, 'Event', event)
        return None
    if what == 'activate':
        name, path = items[-1]
        call(name, path, ITEM, 'Activate', GLib.Variant('(ii)', (0, 0)))
        return None
    if what == 'notifications':
        return notifications
    if what == 'act':
        said = GLib.Variant('(us)', (asked['number'] + 1, asked['action']))
        bus.emit_signal(None, '/org/freedesktop/Notifications', NOTIFICATIONS, 'ActionInvoked', said)
        return None
    raise ValueError(what)


def vanished(_bus, _sender, _path, _interface, _signal, parameters):
    name, _old, new = parameters.unpack()
    if new == '':
        items[:] = [item for item in items if item[0] != name]


def hear(stream, _condition):
    line = stream.readline()
    if line == '':
        loop.quit()
        return False
    try:
        answer = {'value': order(json.loads(line))}
    except Exception as error:  # The test says what went wrong.
        answer = {'error': f'{type(error).__name__}: {error}'}
    print(json.dumps(answer), flush=True)
    return True


for number, name in enumerate((WATCHER, NOTIFICATIONS)):
    path = ('/StatusNotifierWatcher', '/org/freedesktop/Notifications')[number]
    bus.register_object(path, SERVED.interfaces[number], served, read_property, None)
    call(
        'org.freedesktop.DBus',
        '/org/freedesktop/DBus',
        'org.freedesktop.DBus',
        'RequestName',
        GLib.Variant('(su)', (name, 0)),
    )
bus.signal_subscribe(
    'org.freedesktop.DBus', 'org.freedesktop.DBus', 'NameOwnerChanged', None, None, Gio.DBusSignalFlags.NONE, vanished
)
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, hear)
print(json.dumps({'value': 'ready'}), flush=True)
loop.run()
