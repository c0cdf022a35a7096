/** What the window, the gate's page and the text to send say about sharing a service. */
export const shareWords = {
  gatePage: {
    title: 'Who is it?',
    ask: '{{name}} is open to people who were invited.',
    askPrograms: '{{name}} is open to programs that have a key.',
    password: 'Password',
    link: 'The link that you were sent',
    open: 'Open',
    wrong: 'That is not right. Check it and try again.',
    many: 'Too many wrong tries. Try again in {{seconds}} s.',
    ended: 'This link has ended. Ask whoever sent it for a new one.',
  },
};
