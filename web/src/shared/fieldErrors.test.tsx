import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Form, Input } from 'antd';
import type { FormInstance } from 'antd';
import { describe, expect, it } from 'vitest';
import { ProblemError } from 'pipeline-client';
import { PlacedErrors } from './PlacedErrors';
import { fieldFor, parsePath, placeFieldErrors } from './fieldErrors';

describe('a field path', () => {
  it.each([
    ['project.investors[0].name', ['project', 'investors', 0, 'name']],
    ['contacts[12].occurredOn', ['contacts', 12, 'occurredOn']],
    ['name', ['name']],
    ['evidence.agreedAmount', ['evidence', 'agreedAmount']],
    ['matrix[1][2]', ['matrix', 1, 2]],
  ])('%s', (path, steps) => {
    expect(parsePath(path)).toEqual(steps);
  });
});

describe('the field an error belongs to', () => {
  const fields = [
    ['project', 'totalInvestment'],
    ['project', 'investors', 0, 'name'],
    ['contacts'],
    ['contacts', 0, 'note'],
  ];

  it('is the field itself, or the nearest that contains it', () => {
    expect(fieldFor(['project', 'investors', 0, 'name'], fields)).toEqual(['project', 'investors', 0, 'name']);
    expect(fieldFor(['project', 'totalInvestment', 'amount'], fields)).toEqual(['project', 'totalInvestment']);
    expect(fieldFor(['contacts', 0, 'note'], fields)).toEqual(['contacts', 0, 'note']);
    expect(fieldFor(['contacts', 3, 'note'], fields)).toEqual(['contacts']);
  });

  it('is none where the form has no such field', () => {
    expect(fieldFor(['project', 'chain'], fields)).toBeUndefined();
    expect(fieldFor([], fields)).toBeUndefined();
  });
});

describe('placing the errors of a problem', () => {
  function draw() {
    let form: FormInstance | undefined;
    function Sample() {
      [form] = Form.useForm();
      return (
        <Form form={form} initialValues={{ project: { investors: [{ name: '某企业' }] } }}>
          <Form.List name={['project', 'investors']}>
            {(rows) =>
              rows.map((row) => (
                <Form.Item key={row.key} name={[row.name, 'name']} label="投资方名称">
                  <Input />
                </Form.Item>
              ))
            }
          </Form.List>
          <PlacedErrors form={form} />
        </Form>
      );
    }
    render(<Sample />);
    return form as FormInstance;
  }
  const refused = (errors: Record<string, { code: string; message: string }[]>) =>
    new ProblemError({ type: '/problems/report-incomplete', title: '首报要件不全', status: 422, errors });

  it('shows each at its field and hands back what has none', async () => {
    const form = draw();
    let left = {};
    await act(async () => {
      left = placeFieldErrors(
        form,
        refused({
          'project.investors[0].name': [{ code: 'generic', message: '请填写具体名称' }],
          'project.secretary': [{ code: 'x', message: '别处' }],
        }),
      );
    });
    expect(await screen.findByText('请填写具体名称')).toBeInTheDocument();
    expect(left).toEqual({ 'project.secretary': [{ code: 'x', message: '别处' }] });
  });

  it('finds fields of a request that had no project around them', async () => {
    const form = draw();
    await act(async () => {
      expect(
        placeFieldErrors(form, refused({ 'investors[0].name': [{ code: 'x', message: '名称太短' }] }), ['project']),
      ).toEqual({});
    });
    expect(await screen.findByText('名称太短')).toBeInTheDocument();
  });

  it('takes back what was said of a field when the field is changed', async () => {
    const form = draw();
    await act(async () => {
      placeFieldErrors(form, refused({ 'project.investors[0].name': [{ code: 'x', message: '请填写具体名称' }] }));
    });
    expect(await screen.findByText('请填写具体名称')).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText('投资方名称'), '甲');
    await waitFor(() => expect(screen.queryByText('请填写具体名称')).toBeNull());
  });

  it('has nothing to place for other failures', () => {
    expect(placeFieldErrors(draw(), new Error('boom'))).toEqual({});
  });
});
