/** Programs that a file is opened in to be written by hand. */
const OPENS = String.raw`(?:(?:nano|vim?|nvim|pico|emacs|joe|mcedit|micro|gedit|notepad(?:\+\+)?)(?: -\S{1,40}){0,4} {1,4}[\w~./$"'{<-]\S*|sudoedit \S+|visudo(?=\s|$)|crontab (?:-u \S{1,40} )?-e(?=\s|$)|systemctl edit(?=\s|$))`;
const COMMAND = new RegExp(String.raw`^(?:(?:sudo|doas) )?${OPENS}`);
const IN_WORDS = new RegExp(String.raw`(?:^|[\s(「（“"'])(?:sudo )?${OPENS}`);

/** Whether a command opens a file in an editor: what is shown below is then for the file. */
export const opensEditor = (line: string): boolean => COMMAND.test(line.trim());

/** Whether a sentence names such a command. */
export const namesEditor = (text: string): boolean => IN_WORDS.test(text.slice(0, 2000));
