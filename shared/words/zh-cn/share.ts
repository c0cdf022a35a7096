import type { shareWords as english } from '../en/share.ts';

export const shareWords: typeof english = {
  gatePage: {
    title: '请验证身份',
    ask: '“{{name}}”仅对受邀者开放。',
    askPrograms: '“{{name}}”仅对持有密钥的程序开放。',
    password: '密码',
    link: '您收到的链接',
    open: '打开',
    wrong: '不正确，请检查后重试。',
    many: '错误次数过多，请在 {{seconds}} 秒后重试。',
    ended: '此链接已到期，请向发送者索取新链接。',
  },
};
