import { QRCode } from 'antd';

export default function QrCode({ value }: { value: string }) {
  return <QRCode type="svg" value={value} size={200} bordered={false} color="#000000" bgColor="#ffffff" />;
}
