/** What a person should know of a service beyond whether it answers. */
export type ServiceHint =
  /** Gradio took the next free port: what answers on `port` is most likely meant. */
  | { readonly code: 'gradio_port_slipped'; readonly port: number }
  /** It takes its address for `http://` although its page is `https://`: a browser blocks what it loads. */
  | { readonly code: 'root_is_http'; readonly root: string }
  /** Its process runs and does not listen yet: a model is most likely being loaded. */
  | { readonly code: 'model_loading' }
  /** It has no login and is open to anyone with its address. */
  | { readonly code: 'no_login' };
