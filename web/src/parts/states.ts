// SPDX-License-Identifier: Apache-2.0
// The icon of each state, everywhere the same.
export const icons = {
  not_due: 'circleDashed', due: 'clock', late: 'triangle', claimed: 'message', evidenced: 'check', returned: 'undo',
  excused: 'minus', done_late: 'clockCheck', passed_on: 'corner',
} as const;
