/** The door of the files: those of the page, and a run as one. */
export { fileParts, pageFolder } from './page-folder.js';
export { runFile, runFileName, type FileParts } from './run-file.js';
