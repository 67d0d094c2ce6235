import { App } from 'antd';
import { Outlet } from 'react-router';

/** Around the pages that tell what was done by a passing message; the home needs none of it, and is there sooner without. */
export function Messages() {
  return (
    <App component={false}>
      <Outlet />
    </App>
  );
}
