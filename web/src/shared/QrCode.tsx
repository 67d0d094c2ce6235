import { QRCode } from 'antd';

/** A text as a QR code, black on white in every theme so that any camera reads it. */
export default function QrCode({ value, size = 200 }: { value: string; size?: number }) {
  return <QRCode type="svg" value={value} size={size} bordered={false} color="#000000" bgColor="#ffffff" />;
}
