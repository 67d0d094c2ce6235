import { App } from 'antd';
import type { ComponentProps } from 'react';
import { FirstStep } from '@/features/access/FirstStep';
import { SessionEnded } from '@/features/access/SessionEnded';

export function FirstStepWithMessages(props: ComponentProps<typeof FirstStep>) {
  return (
    <App component={false}>
      <FirstStep {...props} />
    </App>
  );
}

export function SessionEndedWithMessages() {
  return (
    <App component={false}>
      <SessionEnded />
    </App>
  );
}
