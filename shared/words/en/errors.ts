import type { ErrorWords } from '../error-words.ts';

/** What happened and what to do. Several forms of one code: the first whose values are all known is said. */
export const errors: ErrorWords = {
  token_missing: ['Paste the token first. You find it in the account settings of the platform.'],
  token_refused: [
    'The platform does not accept this token. It may have expired: make a new one in the account settings and paste it here.',
  ],
  password_refused: ['User name and password do not fit together. Check both, or sign in with a token.'],
  forbidden: [
    'This account may not do that. API keys of model deployments do not work here: use an account token.',
  ],
  not_signed_in: ['Nobody is signed in. Sign in first.'],
  origin_invalid: ['This is not the address of a platform. Type it like https://console.example.'],
  origin_unreachable: [
    '{{host}} cannot be reached. Check the address and your network connection.',
    'The platform cannot be reached. Check your network connection.',
  ],
  origin_not_platform: [
    '{{host}} answers, but not as the platform does. Check that this is the address of its console.',
    'This address answers, but not as the platform does.',
  ],
  origin_refused: [
    "{{host}} refused the request. Check that this is the address of the platform's own console.",
    'The platform refused the request. Check that this is the address of its own console.',
  ],
  refused_silently: [
    '{{host}} refused the request and gave no reason. A proxy or firewall on the way may do that: try another network.',
    'The request was refused without a reason. Try another network.',
  ],
  captive_portal: [
    'This network asks for a login of its own before it lets you through. Open any page in a browser, then try again.',
  ],
  answer_incomplete: ['The answer of {{host}} broke off. Try again.', 'The answer broke off. Try again.'],
  clock_wrong: [
    'The certificate of {{host}} is not valid at the time that this computer shows. Check date and time.',
    'The certificate is not valid at the time that this computer shows. Check date and time.',
  ],
  offline: ['This computer is offline. What is shown is the last known state.'],
  domain_invalid: [
    'This is no domain. Type the part after the name in a public address, as in gear.example.',
  ],
  platform_timeout: [
    '{{host}} did not answer within {{seconds}} s. Try again.',
    'The platform did not answer in time. Try again.',
  ],
  platform_busy: [
    '{{host}} takes no more requests from you for now. Wait {{seconds}} s, then try again.',
    'The platform takes no more requests from you for now. Wait a minute, then try again.',
  ],
  platform_down: [
    '{{host}} is out of order for now (status {{status}}). Services and open tunnels are not touched by it; try again later.',
    'The platform is out of order for now. Services and open tunnels are not touched by it; try again later.',
  ],
  platform_error: ['The platform could not do this. Try again; the details say what it answered.'],
  real_name_required: [
    'The platform asks for real-name verification before it maps ports. Tunnels work without it.',
  ],
  job_limit: ['The account already runs as many containers as it may. Stop one first.'],
  user_missing: ['Type the user name and the password.'],
  account_not_found: ['This account is not kept here any more. Sign in again.'],
  token_other_account: [
    'This token belongs to {{user}}, another account. Add it as a new account instead.',
    'This token belongs to another account. Add it as a new account instead.',
  ],
  bayes_config_missing: ['The bayes command has no account on this computer. Sign in with a token instead.'],
  bayes_config_invalid: [
    'The file of the bayes command cannot be read. Sign in with a token, or log in with the command again.',
  ],
  port_invalid: ['A port is a number from 1 to 65535.'],
  port_reserved: [
    'Port {{port}} is reserved by the platform. A tunnel can still reach it.',
    'This port is reserved by the platform. A tunnel can still reach it.',
  ],
  port_mapped_already: ['Port {{port}} is mapped already.', 'This port is mapped already.'],
  mapping_limit: [
    'A container can have {{max}} mappings. Remove one first, or use a tunnel.',
    'This container has no room for another mapping. Remove one first, or use a tunnel.',
  ],
  name_invalid: ['Use small letters, digits and hyphens; begin and end with a letter or digit.'],
  name_too_long: [
    'This name is too long by {{over}}: at most {{max}} characters fit into the address.',
    'This name is too long for an address.',
  ],
  name_taken: [
    'The name “{{name}}” is used by container {{container}}. Choose another one.',
    'This name is used already. Choose another one.',
  ],
  name_looks_unnamed: [
    '“{{name}}” looks like an address without a name. Choose another one.',
    'Choose another name.',
  ],
  mappings_not_writable: [
    'This platform takes no mappings from Gearway. Set them in its console, then note them here.',
  ],
  mappings_readable: ['The platform tells the mappings of this container: nothing needs to be noted.'],
  mapping_not_found: ['Port {{port}} is not mapped.', 'This mapping is gone.'],
  address_unknown: ['No container of this account has this address.'],
  template_not_found: ['This set of mappings is gone.'],
  command_missing: ['Type the command that the task runs.'],
  container_not_found: ['This container is gone. It may have been deleted on the platform.'],
  container_not_running: [
    '{{name}} is not running. Start it first.',
    'The container is not running. Start it first.',
  ],
  container_busy: [
    '{{name}} is being started or stopped. Wait until that is done.',
    'Wait until the last action is done.',
  ],
  container_not_restartable: [
    '{{name}} is a task and cannot be restarted. Create a new run on the platform.',
    'A task cannot be restarted. Create a new run on the platform.',
  ],
  container_stop_timeout: [
    '{{name}} did not stop within {{seconds}} s. It was not started again; wait until it has stopped, then start it.',
    'The container did not stop in time. Wait until it has stopped, then start it.',
  ],
  service_not_found: ['This service is gone.'],
  outcome_uncertain: [
    '{{host}} did not say whether this was done. Look at the container before you try again.',
    'The platform did not say whether this was done. Look at the container before you try again.',
  ],
  ssh_not_offered: [
    '{{name}} offers no SSH yet. Wait until it has fully started.',
    'The container offers no SSH yet.',
  ],
  ssh_unreachable: [
    'The SSH server {{host}}:{{port}} cannot be reached. Check that the container or machine is running.',
    'The SSH server cannot be reached. Check that the container or machine is running.',
  ],
  ssh_timeout: [
    'The SSH server {{host}}:{{port}} did not answer in time. It may be starting, or this network lets no SSH through.',
    'The SSH server did not answer in time. It may be starting, or this network lets no SSH through.',
  ],
  ssh_login_refused: [
    '{{host}}:{{port}} refused the login of {{user}}. The password may belong to an earlier run: refresh, then try again.',
    'The SSH server refused the login. Check password or key.',
  ],
  ssh_host_key_unknown: [
    'The SSH key of {{host}} is not known yet. Check it before you go on.',
    'The SSH key is not known yet.',
  ],
  ssh_host_key_changed: [
    'The SSH key of {{machine}} is another one than before. Compare both keys before you go on.',
    'The SSH key of this container changed although it was not restarted. Do not continue unless you know why.',
  ],
  ssh_no_common_algorithm: [
    '{{host}} offers no encryption that Gearway knows. It may accept only post-quantum or very old algorithms.',
    'The SSH server offers no encryption that Gearway knows.',
  ],
  ssh_lost: ['The SSH connection was lost.'],
  ssh_failed: [
    'The SSH connection to {{host}}:{{port}} failed: “{{text}}”.',
    'The SSH connection failed for a reason that Gearway does not know.',
  ],
  ssh_not_ssh: [
    '{{host}}:{{port}} does not answer as an SSH server: “{{text}}”. Check host and port, or wait until it has room.',
    'What answers there is no SSH server for now. Check host and port, or wait until it has room.',
  ],
  ssh_ended_by_server: [
    'The SSH server ended the connection: “{{text}}”.',
    'The SSH server ended the connection and gave no reason.',
  ],
  ssh_login_ended: [
    '{{host}}:{{port}} ended the login of {{user}}: “{{text}}”.',
    'The SSH server ended the login and gave no reason. Check the account there, then try again.',
  ],
  ssh_too_many_tries: [
    '{{host}}:{{port}} allows no more tries for {{user}}: too many keys were offered first. Choose the one key or the password that it takes.',
    'The SSH server allows no more tries: too many keys were offered first. Choose the one key or the password that it takes.',
  ],
  ssh_session_refused: [
    'The SSH server runs no command for this login: “{{text}}”. Tunnels are not touched by it.',
    'The SSH server runs no command for this login. Tunnels are not touched by it.',
  ],
  ssh_command_invalid: ['Paste the login as the platform shows it: ssh root@host -p 31612.'],
  ssh_key_unreadable: [
    'This key cannot be read. Convert it with: {{command}}',
    'This key cannot be read. Convert it with: ssh-keygen -p -f KEY',
  ],
  ssh_passphrase_needed: ['This key has a passphrase. Type it to go on.'],
  ssh_passphrase_wrong: ['This passphrase does not open the key. Try again.'],
  ssh_password_needed: ['This connection signs in with a password. Type it to go on.'],
  ssh_key_not_in_agent: [
    'The SSH agent does not hold the key of {{file}}. Add it with ssh-add, or choose the private key.',
    'The SSH agent does not hold this key. Add it with ssh-add, or choose the private key.',
  ],
  ssh_security_key: [
    'The key of {{file}} is on a security key. An SSH agent signs with it: run ssh-add {{file}}, then connect again.',
    'This key is on a security key. Add it to an SSH agent with ssh-add, then connect again.',
  ],
  ssh_certificate_unreadable: [
    '{{file}} is not there or holds no SSH certificate of a person. Get it again, or take it out of the connection.',
    'A certificate is not there or is not one of a person. Get it again, or take it out of the connection.',
  ],
  ssh_certificate_expired: [
    'The server refused the login, and the certificate {{file}} does not count at this time. Get a new one.',
    'The server refused the login, and the certificate does not count at this time. Get a new one.',
  ],
  ssh_certificate_without_key: [
    'The private key of the certificate {{file}} was not found. Name its key file, or add it with ssh-add.',
    'The private key of the certificate was not found. Name its key file, or add it with ssh-add.',
  ],
  ssh_agent_missing: [
    'No SSH agent runs here. Start one and add your key with ssh-add, or choose a key file.',
  ],
  ssh_jump_loop: ['The jump hosts of this connection lead in a circle. Change one of them.'],
  ssh_forward_refused: [
    'The SSH server does not listen on port {{port}}. It may be in use there, or not allowed.',
    'The SSH server does not listen there. The port may be in use, or not allowed.',
  ],
  ssh_alias_unknown: [
    '{{alias}} is no name that Gearway keeps. gearway ssh-config show lists them.',
    'Gearway keeps no such name. gearway ssh-config show lists them.',
  ],
  ssh_config_read_only: [
    '{{file}} cannot be written, and was left as it is. Make it writable, or add the line yourself.',
    'Your SSH configuration cannot be written, and was left as it is. Make it writable, or add the line yourself.',
  ],
  ssh_config_unreadable: ['{{file}} cannot be read.', 'The SSH configuration cannot be read.'],
  connection_not_found: ['This connection is gone.'],
  connection_in_use: [
    '{{name}} leads through this connection. Change it first.',
    'Another connection leads through this one.',
  ],
  key_file_missing: [
    '{{file}} cannot be read. Choose another key file.',
    'The key file cannot be read. Choose another one.',
  ],
  forward_invalid: ['Write a forward as in 5405:127.0.0.1:5301, or a port alone.'],
  forward_unsupported: [
    'Gearway does not listen on sockets that are files, and the far side gives no SOCKS. Use a port.',
  ],
  bind_not_confirmed: [
    'Everyone who reaches {{bind}} on this computer could use this tunnel. Confirm it, or use 127.0.0.1.',
    'Others in your network could use this tunnel. Confirm it, or use 127.0.0.1.',
  ],
  target_refused: [
    'Nothing listens on port {{port}} at {{machine}}. Start the service first.',
    'Nothing listens on port {{port}} in the container. Start the service first.',
    'Nothing listens on this port in the container. Start the service first.',
  ],
  target_prohibited: [
    'The SSH server does not allow forwarding to port {{port}}. Its setting AllowTcpForwarding decides that.',
    'The SSH server does not allow forwarding to this port. Its setting AllowTcpForwarding decides that.',
  ],
  target_timeout: [
    'Port {{port}} at {{machine}} did not answer in time.',
    'Port {{port}} in the container did not answer in time.',
    'The service did not answer in time.',
  ],
  target_silent: ['The service accepts connections but says nothing.'],
  target_unreachable: [
    'The SSH server cannot connect to {{host}}:{{port}}: “{{text}}”.',
    'The SSH server cannot connect to this address.',
  ],
  local_port_busy: [
    'Port {{port}} on this computer is used by {{program}}. Port {{free}} is free.',
    'Port {{port}} on this computer is used by another program. Choose another port or leave the field empty.',
    'This port is used by another program. Choose another one.',
  ],
  local_port_forbidden: [
    'This computer does not let you use port {{port}}. Choose one above 1023.',
    'This computer does not let you use that port. Choose one above 1023.',
  ],
  local_address_absent: [
    '{{bind}} is no address of this computer. Use 127.0.0.1, or an address that this computer has.',
    'This is no address of this computer. Use 127.0.0.1, or an address that this computer has.',
  ],
  public_absent: ['There is no public address.'],
  public_not_found: [
    'The platform does not know this address. The mapping takes effect when the container starts again.',
  ],
  public_bad_gateway: [
    'The platform reaches nothing on this port. The service may be stopped or listen on 127.0.0.1 only.',
  ],
  public_timeout: [
    'The public address did not answer within {{seconds}} s.',
    'The public address did not answer in time.',
  ],
  public_error_status: [
    'The public address answers with error {{status}}.',
    'The public address answers with an error.',
  ],
  name_unresolved: [
    'The name {{host}} cannot be resolved. Check the address and your network connection.',
    'This name cannot be resolved.',
  ],
  name_leads_inside: [
    'The name {{host}} leads to an address of this computer or its network, where the platform is not. Gearway does not go there: somebody may be using it to reach your machines.',
    'This name leads to an address of this computer or its network.',
  ],
  tcp_refused: ['{{host}} refuses connections on port {{port}}.', 'The connection was refused.'],
  tcp_timeout: ['{{host}} does not answer on port {{port}}.', 'The connection was not answered in time.'],
  tls_failed: [
    'No trusted encrypted connection to {{host}} could be made. A proxy or a wrong clock may be the cause.',
    'No trusted encrypted connection could be made.',
  ],
  connection_lost: ['The connection was cut before the answer was complete.'],
  system_proxy_unreachable: [
    'The proxy {{proxy}} that this computer uses does not answer. Check the proxy settings of the system.',
    'The proxy that this computer uses does not answer. Check the proxy settings of the system.',
  ],
  system_proxy_login: [
    'The proxy {{proxy}} that this computer uses asks for a login. Put name and password into HTTPS_PROXY.',
    'The proxy that this computer uses asks for a login. Put name and password into HTTPS_PROXY.',
  ],
  system_proxy_refused: [
    'The proxy {{proxy}} that this computer uses does not connect to {{host}}. Ask who runs it, or add the name to NO_PROXY.',
    'The proxy that this computer uses does not make this connection. Ask who runs it.',
  ],
  no_healthy_route: ['No route to this service works now.'],
  cross_site_refused: [
    'A page of another site asked for this, and it could change something. Allow other pages for this service if you trust them.',
  ],
  exchange_not_found: ['This request is no longer remembered. The last 500 of each service are.'],
  replay_unconfirmed: ['This request may change something. Confirm that it may be sent again.'],
  replay_body_unknown: [
    'The body of this request was not kept, so it cannot be sent again. Keep bodies first.',
  ],
  replay_socket: ['A WebSocket cannot be sent again. Only its first request is remembered.'],
  credential_invalid: ['A key is one line of printable characters without spaces.'],
  authority_unavailable: ['No certificates for local names could be made. HTTPS stays off.'],
  authority_not_installed: [
    'The system did not change what it trusts: {{reason}}',
    'The system did not change what it trusts. Install the file by hand.',
  ],
  certutil_missing: [
    'The program certutil is not on this computer. Install libnss3-tools or nss-tools, then try again.',
  ],
  proxy_port_busy: [
    'Port {{port}} for local addresses is used by another program.',
    'The port for local addresses is used by another program.',
  ],
  proxy_no_port: [
    'No port is free for local addresses, neither {{port}} nor another.',
    'No port is free for local addresses.',
  ],
  record_not_found: ['This comparison is no longer kept.'],
  field_needed: ['Fill in this field.'],
  field_unreadable: [
    'This text cannot be passed to a program: a quote is not closed, or it holds a zero byte.',
  ],
  field_too_long: ['This text is too long. At most 16 KB fit.'],
  host_invalid: ['This is no address to listen on. Use 0.0.0.0 for all, or 127.0.0.1 for a tunnel only.'],
  number_invalid: ['Type a whole number.'],
  recipe_not_found: ['This recipe is gone.'],
  recipe_limit: [
    'You have {{max}} recipes of your own. Delete one first.',
    'There is no room for another recipe. Delete one first.',
  ],
  recipes_unreadable: ['This file holds no recipes of Gearway. Choose another one.'],
  launch_not_found: ['This started service is gone. It may have been removed elsewhere.'],
  launch_running: ['It still runs. Stop it first.'],
  launch_port_taken: [
    '{{process}} already listens on port {{port}} in the container. Choose another port or stop it.',
    'Something already listens on port {{port}} in the container. Choose another port or stop it.',
    'Something already listens on this port in the container. Choose another port.',
  ],
  launch_folder_missing: [
    'The container has no folder {{folder}}. Check the path.',
    'The container does not have this folder. Check the path.',
  ],
  launch_failed: ['The container did not start the command. The details say what it answered.'],
  launch_not_stopped: [
    'It does not end, not even by force; {{count}} processes are left. Restart the container to end it.',
    'It does not end, not even by force. Restart the container to end it.',
  ],
  gate_needs_http: ['A gate understands HTTP only. Reach this service by a tunnel.'],
  gate_no_python: ['A gate needs Python 3.8 or later, and this container has none. Use a tunnel.'],
  gate_restart_needed: [
    'The service has to be started again on 127.0.0.1 before the gate can stand in front of it.',
  ],
  gate_by_hand: [
    'The service listens on all addresses, and Gearway did not start it. Start it on 127.0.0.1, port {{port}}, and try again.',
    'The service listens on all addresses, and Gearway did not start it. Start it on 127.0.0.1 and try again.',
  ],
  gate_not_written: ['The gate could not be put into the container. Check that there is room on its disk.'],
  gate_not_started: ['The gate does not run. The service stays closed; the details say what the gate wrote.'],
  gate_not_found: ['There is no gate here any more. Share the service again.'],
  log_not_saved: ['The log could not be saved. Check that there is room on the disk.'],
  state_folder_busy: [
    'Another local platform uses the folder {{folder}}. End that one, or choose another folder.',
    'Another local platform uses this folder. End that one, or choose another folder.',
  ],
  state_folder_unwritable: [
    'The folder {{folder}} cannot be written. Choose another one.',
    'The folder cannot be written. Choose another one.',
  ],
  llm_key_needed: ['This server asks for an API key. Enter the one that it was started with.'],
  llm_key_refused: ['The server does not accept this API key. Check it.'],
  llm_not_compatible: ['What answers here is no OpenAI-compatible server.'],
  llm_refused: [
    'The server refused with status {{status}}: {{said}}',
    'The server refused: {{said}}',
    'The server refused with status {{status}}. The details say why.',
    'The server refused. The details say why.',
  ],
  llm_unreachable: ["The model's server cannot be reached by this route. Try the other one."],
  llm_measuring: ['A measurement is under way. Wait for it or stop it.'],
  llm_silent: [
    'The server said nothing for {{seconds}} s. The model may still be loading.',
    'The server said nothing in time. The model may still be loading.',
  ],
  address_absent: ['There is no address to open.'],
  browser_not_opened: ['The browser could not be opened. Copy the address instead.'],
  program_absent: ['This program is not on this computer any more.'],
  program_not_started: [
    '{{name}} could not be started. Copy the command instead.',
    'The program could not be started. Copy the command instead.',
  ],
  agent_refused: ['The person did not allow it.'],
  agent_unanswered: [
    'Nobody answered in the window of Gearway. Ask the person to look there, then try again.',
  ],
  agent_waits: ['Other questions wait for the person. Wait until they are answered.'],
  agent_question_gone: ['This question is not waiting any more.'],
  not_openable: [
    'There is nothing that this program could open. Is the container running, or the tunnel open?',
  ],
  file_not_written: [
    '{{file}} could not be written. Choose another folder, or make room on the disk.',
    'The file could not be written. Choose another folder, or make room on the disk.',
  ],
  file_not_read: [
    '{{file}} could not be read. Check that you may open it.',
    'The file could not be read. Check that you may open it.',
  ],
  import_not_ours: [
    '{{file}} is no export of Gearway, or it is damaged. Nothing was changed.',
    'This file is no export of Gearway, or it is damaged. Nothing was changed.',
  ],
  import_newer: ['A later Gearway wrote this file. Update Gearway first, then import it.'],
  import_gone: ['Choose the file again: another one was chosen meanwhile.'],
  passphrase_short: [
    'Use a passphrase of at least {{least}} characters.',
    'Use a longer passphrase: what it seals can be guessed offline.',
  ],
  passphrase_wrong: ['The passphrase does not open this file. Nothing was changed.'],
  login_item_refused: ['The system did not take the entry for its login. Check its settings.'],
  nothing_to_save: ['There is nothing to save yet.'],
  undo_gone: ['It was changed since, or too much time has passed.'],
  engine_restarting: ['Gearway is restarting its engine. Try again in a moment.'],
  cancelled: ['Cancelled.'],
  bad_request: ['Gearway could not read this request. Please report it.'],
  internal: ['Something went wrong inside Gearway. Please report it.'],
};
