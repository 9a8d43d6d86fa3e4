/** The page of the console: begins to follow the server and draws what it tells. */
import { render } from 'preact';
import { App } from './app.js';
import { startLive } from './link/live.js';

startLive();
const place = document.getElementById('page');
if (place !== null) render(<App />, place);
