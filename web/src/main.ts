// SPDX-License-Identifier: Apache-2.0
import { mount } from 'svelte';
import App from './App.svelte';
import { turn } from './lib/turns.svelte';
import './lib/preferences.svelte';
import './offline/install';
import './tokens.css';
import './base.css';

// Reading the program is one turn, drawing with it another.
void turn().then(() => mount(App, { target: document.getElementById('desk')! }));
