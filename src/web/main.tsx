import { render } from 'preact';
import { App } from './app.tsx';
import './styles.css';
import './contrast.css';

const host = document.getElementById('app');
if (host !== null) render(<App />, host);
