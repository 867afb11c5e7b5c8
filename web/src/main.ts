// SPDX-License-Identifier: Apache-2.0
import { mount } from 'svelte';
import App from './App.svelte';
import './lib/preferences.svelte';
import './offline/install';
import './tokens.css';
import './base.css';

mount(App, { target: document.getElementById('desk')! });
