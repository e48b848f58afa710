import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Vietnamese. */
export const vietnamese: Language = {
  code: 'vi',
  name: 'Vietnamese',
  script: 'Latin',
  letters: /[ảạấầẩẫậắằẳẵặẻẽẹếềểễệỉịỏọốồổỗộớờởỡợủụứừửữựỷỹỵđơư]/u,
  common: 'và của là có cho các được không với trong một để này khi từ đến trên nếu',
  steps:
    'bước quy-trình hướng-dẫn khôi-phục khởi-động thao-tác cách giải-pháp xử-lý cài-đặt triển-khai bảo-trì kiểm-tra sao-lưu chuyển chuẩn-bị thực-hiện cấu-hình cập-nhật khắc-phục',
  facts:
    'bối-cảnh ghi-chú lưu-ý tổng-quan tóm-tắt mô-tả yêu-cầu thành-phần kiến-trúc thông-tin chi-tiết môi-trường hệ-thống dữ-liệu kết-quả mẹo ví-dụ thuật-ngữ trạng-thái',
  never:
    'tiêu-chí mục-lục nội-dung liên-hệ trực ưu-tiên nguyên-nhân lý-do triệu-chứng câu-hỏi tham-khảo liên-kết định-nghĩa mục-tiêu lịch-sử vai-trò trách-nhiệm đội nhóm thành-viên ưu-điểm nguyên-tắc quy-tắc tính-năng',
  verbs:
    'mở kiểm-tra dừng cập-nhật chờ đợi nhấp nhấn bấm khởi-động chạy xóa xoá sao-lưu sao-chép khôi-phục cài đặt đăng-nhập chọn gửi thông-báo báo liên-hệ-với tạo thêm tắt bật sửa lưu thay đổi ngắt kết-nối nhập tải gọi xác-nhận xác-minh cấu-hình đóng ghi-lại chuyển-sang truy-cập thực-hiện rút cắm hãy đảm-bảo theo-dõi vào quay-lại gỡ dọn di-chuyển tăng giảm',
  place: 'first',
  polite: /^(?:hãy|(?:xin )?vui lòng|xin|mong|đề nghị) /u,
  objects: '',
  nouns: 'lưu-lượng cảnh-báo gói-tin thiếu',
  adverbs: 'sau-đó tiếp-theo bây-giờ trước-tiên cuối-cùng ngay hãy vui-lòng cũng đừng',
  duty: 'phải cần vui-lòng hãy',
  is: 'là có nằm được bị thuộc gồm chạy-trên nằm-ở đặt-tại kéo-dài thiếu',
  things:
    'hệ-thống chương-trình tập-lệnh dịch-vụ máy-chủ ứng-dụng trang cửa-sổ giao-diện trình-đơn chứng-chỉ mật-khẩu tệp thư-mục cơ-sở-dữ-liệu nhật-ký cổng mạng cụm nút vùng-chứa mô-đun tiến-trình tác-vụ công-cụ nút-bấm phiên hàng-đợi cảnh-báo bảng phiên-bản kết-nối',
  does: /^\S+ \S+ \S/u,
  subject: /^(?:các|những|một|mọi|mỗi|bộ|sự|lỗi|hệ thống|máy chủ)\s/iu,
  comes:
    /^(?:\p{L}+ ){1,4}sẽ \p{L}|(?:^|\s)sẽ \p{L}|^bạn (?:nên |có thể )?(?:thấy|nhìn thấy)(?!\p{L})|(?:^|\s)(?:xuất hiện|hiện ra)(?!\p{L})|^(?!hãy )\S+(?: \S+){0,3} (?:hiển thị|trả về)(?!\p{L})/u,
  lasts: /(?<!\p{L})(?:khoảng|chừng|vài|mấy) (?:[\d.,–-]+ ?)?(?:giây|phút|giờ|tiếng)/u,
  asks: 'ai gì khi-nào ở-đâu tại-sao vì-sao như-thế-nào bao-nhiêu',
  leads: {
    runs: 'chạy thực-thi thực-hiện-lệnh lệnh gõ nhập-lệnh',
    puts: 'thêm dán chèn ghi lưu tạo sao-chép sửa',
    holds: 'tệp tập-tin file dòng nội-dung cấu-hình script crontab',
    compared: 'trước sau cũ mới trước-khi sau-khi',
    forbids: 'không-dùng đừng-dùng không-chạy đừng-chạy sai không-được',
    does: 'script-sẽ kịch-bản-sẽ script-này bây-giờ-bạn',
  },
  phrases: {
    output: [
      'ví dụ đầu ra',
      'kết quả mong đợi',
      'đầu ra mong đợi',
      'bạn sẽ thấy',
      'kết quả',
      'đầu ra',
    ],
    example: ['ví dụ đầu ra', 'ví dụ', 'chẳng hạn', 'tương tự'],
    if: ['nếu', 'trong trường hợp', 'khi'],
    order: ['sau khi', 'ngay khi', 'trước khi', 'cho đến khi', 'trong khi'],
    when: ['trong', 'trên', 'ở', 'để', 'từ', 'tại', 'sau khi', 'với'],
  },
  conditions: {
    opening: ['chỉ nếu', 'chỉ khi', 'chỉ trong trường hợp', 'nếu', 'trong trường hợp', 'khi'],
    optional: ['tùy chọn', 'nếu cần', 'không bắt buộc'],
    options: ['lựa chọn', 'hoặc', 'cách', 'phương án', 'thay vào đó'],
    emergency: list('dừng khẩn cấp|tắt khẩn cấp|khởi động lại khẩn cấp'),
    otherwise: list('nếu không|ngược lại'),
    lasting: list('miễn là|chừng nào'),
    only: {
      words: list('chỉ'),
      after: list('sau khi|sau|trong thời gian'),
      over: list('hoàn tất|kết thúc|xong|bước'),
      consent: list('phê duyệt|đồng ý|cho phép'),
      apart: 3,
    },
    gates: {
      goOn: list('tiếp tục|hãy tiếp tục|chuyển sang'),
      stop: list('dừng|dừng lại|hãy dừng|hãy dừng lại|hủy|hủy bỏ'),
      never: list('không tiếp tục|đừng tiếp tục|không được tiếp tục'),
      if: list('nếu|trong trường hợp'),
      unless: list('trừ khi|trừ phi'),
      just: list('chỉ'),
      onlyIf: list('chỉ khi|chỉ nếu|nếu và chỉ nếu'),
      objects: list('tại đây|ngay|ngay lập tức|lại|quy trình|quá trình|mọi việc'),
      and: list('và|hoặc'),
    },
  },
  examples: {
    tells: [
      'Mở bảng quản trị',
      'Kiểm tra tệp nhật ký',
      'Dừng dịch vụ',
      'Rút phích cắm',
      'Chờ đến khi tác vụ hoàn tất',
      'Nếu không được, thông báo cho đội',
    ],
    states: [
      'Máy chủ nằm ở Huế',
      'Nguyên nhân là thiếu bộ nhớ',
      'Tại sao dịch vụ không phản hồi?',
      'Người trực: Nguyễn An',
      'Bộ đệm được giữ năm phút',
      'Đĩa bị đầy',
    ],
  },
};
