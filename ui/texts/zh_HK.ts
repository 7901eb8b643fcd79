<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_HK" sourcelanguage="en">
<context>
    <name></name>
    <message id="wordmark">
        <source>iAM Smart</source>
        <translation>智方便</translation>
    </message>
    <message id="wordmark_more">
        <source>Self-registration kiosk</source>
        <translation>自助登記站</translation>
    </message>
    <message id="cancel">
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message id="help">
        <source>Get help</source>
        <translation>需要協助</translation>
    </message>
    <message id="back">
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message id="continue">
        <source>Continue</source>
        <translation>繼續</translation>
    </message>
    <message id="retry">
        <source>Try again</source>
        <translation>再試一次</translation>
    </message>
    <message id="counter">
        <source>Go to a counter instead</source>
        <translation>改到櫃位辦理</translation>
    </message>
    <message id="done">
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message id="text_size">
        <source>Larger text</source>
        <translation>放大字體</translation>
    </message>
    <message id="contrast">
        <source>High contrast</source>
        <translation>高對比</translation>
    </message>
    <message id="language_zh_HK">
        <source>繁體中文</source>
        <translation>繁體中文</translation>
    </message>
    <message id="language_zh_CN">
        <source>简体中文</source>
        <translation>简体中文</translation>
    </message>
    <message id="language_en">
        <source>English</source>
        <translation>English</translation>
    </message>
    <message id="step_card">
        <source>Card</source>
        <translation>身份證</translation>
    </message>
    <message id="step_details">
        <source>Details</source>
        <translation>核對</translation>
    </message>
    <message id="step_photo">
        <source>Photo</source>
        <translation>拍照</translation>
    </message>
    <message id="step_phone">
        <source>Phone</source>
        <translation>手機</translation>
    </message>
    <message id="step_receipt">
        <source>Receipt</source>
        <translation>收條</translation>
    </message>
    <message id="step_accessible">
        <source>Steps</source>
        <translation>步驟</translation>
    </message>
    <message id="more_time_head">
        <source>Do you need more time?</source>
        <translation>需要多些時間嗎？</translation>
    </message>
    <message id="more_time_body">
        <source>This ends in %1 seconds and your data will be erased.</source>
        <translation>%1 秒後會結束，您的資料會被清除。</translation>
    </message>
    <message id="more_time">
        <source>More time</source>
        <translation>我要多些時間</translation>
    </message>
    <message id="title_STARTING">
        <source>Starting up</source>
        <translation>正在啟動</translation>
    </message>
    <message id="body_STARTING">
        <source>The kiosk is checking itself. Please wait a moment.</source>
        <translation>登記站正在自我檢查，請稍候。</translation>
    </message>
    <message id="title_OUT_OF_SERVICE">
        <source>Out of service</source>
        <translation>暫停服務</translation>
    </message>
    <message id="body_OUT_OF_SERVICE">
        <source>We are sorry. Please use another kiosk or ask our staff.</source>
        <translation>很抱歉。請使用另一部登記站，或向職員查詢。</translation>
    </message>
    <message id="title_CLOSED">
        <source>Closed now</source>
        <translation>現已關閉</translation>
    </message>
    <message id="body_CLOSED">
        <source>This kiosk opens at %1.</source>
        <translation>登記站於 %1 開放。</translation>
    </message>
    <message id="title_ATTRACT">
        <source>Register for iAM Smart+ here</source>
        <translation>在這裏登記智方便+</translation>
    </message>
    <message id="beside_ATTRACT">
        <source>在這裏登記智方便+</source>
        <translation>Register for iAM Smart+ here</translation>
    </message>
    <message id="bring_card">
        <source>Hong Kong identity card</source>
        <translation>香港身份證</translation>
    </message>
    <message id="bring_phone">
        <source>Your phone</source>
        <translation>您的手機</translation>
    </message>
    <message id="bring_time">
        <source>About five minutes</source>
        <translation>約五分鐘</translation>
    </message>
    <message id="touch_to_begin">
        <source>Touch to begin</source>
        <translation>按此開始</translation>
    </message>
    <message id="receipt_on_screen">
        <source>No printing today: your receipt is shown on the screen.</source>
        <translation>今天沒有列印服務，收條會在屏幕上顯示。</translation>
    </message>
    <message id="title_LANGUAGE">
        <source>Choose your language</source>
        <translation>請選擇語言</translation>
    </message>
    <message id="beside_LANGUAGE">
        <source>請選擇語言 · 请选择语言</source>
        <translation>请选择语言 · Choose your language</translation>
    </message>
    <message id="title_SERVICE">
        <source>What would you like to do?</source>
        <translation>您想辦理甚麼？</translation>
    </message>
    <message id="service_register">
        <source>Register for iAM Smart+</source>
        <translation>登記智方便+</translation>
    </message>
    <message id="service_register_more">
        <source>With your card and phone, about five minutes</source>
        <translation>需要身份證和手機，約五分鐘</translation>
    </message>
    <message id="service_browse">
        <source>Browse services</source>
        <translation>瀏覽服務</translation>
    </message>
    <message id="service_browse_more">
        <source>No registration needed</source>
        <translation>無需登記</translation>
    </message>
    <message id="title_BROWSE">
        <source>Look around without an account</source>
        <translation>無須帳戶，隨便看看</translation>
    </message>
    <message id="body_BROWSE">
        <source>Or scan the code and look on your phone.</source>
        <translation>也可掃描二維碼，用手機瀏覽。</translation>
    </message>
    <message id="title_ELIGIBILITY">
        <source>Please check three things first</source>
        <translation>請先確認三件事</translation>
    </message>
    <message id="eligible_card">
        <source>My card is the 2018 design: large photo on the left</source>
        <translation>我有 2018 年款式的身份證，相片在左邊</translation>
    </message>
    <message id="eligible_age">
        <source>I am 11 or older. Under 18, my parent agrees by phone.</source>
        <translation>我年滿 11 歲；如未滿 18 歲，家長會以手機同意</translation>
    </message>
    <message id="eligible_phone">
        <source>I have my own phone with me</source>
        <translation>我帶了自己的手機</translation>
    </message>
    <message id="eligible_yes">
        <source>Yes, all three</source>
        <translation>三項都符合</translation>
    </message>
    <message id="eligible_no">
        <source>Not all of them</source>
        <translation>不是全部符合</translation>
    </message>
    <message id="title_PRIVACY_NOTICE">
        <source>See how we use your data</source>
        <translation>請看我們如何使用您的資料</translation>
    </message>
    <message id="privacy_what">
        <source>We read name, number, dates, sex and portrait from your card, and take one photo.</source>
        <translation>讀取身份證上的姓名、號碼、各項日期、性別和相片，並為您拍一張照片。</translation>
    </message>
    <message id="privacy_why">
        <source>Only to confirm who you are and to register you.</source>
        <translation>只用來核實您的身份和登記智方便+。</translation>
    </message>
    <message id="privacy_keep">
        <source>When you leave, this kiosk erases it. What is sent is sealed: only the register can open it.</source>
        <translation>您離開時，本機會清除這些資料。已傳送的已加密，只有登記系統可以開啟。</translation>
    </message>
    <message id="privacy_template">
        <source>Also keep a face template for later checks (optional)</source>
        <translation>另外保留面容模板，方便日後核實（可不選）</translation>
    </message>
    <message id="privacy_version">
        <source>Statement %1</source>
        <translation>聲明版本 %1</translation>
    </message>
    <message id="agree">
        <source>I agree</source>
        <translation>我同意</translation>
    </message>
    <message id="disagree">
        <source>I do not agree</source>
        <translation>我不同意</translation>
    </message>
    <message id="on">
        <source>On</source>
        <translation>開</translation>
    </message>
    <message id="off">
        <source>Off</source>
        <translation>關</translation>
    </message>
    <message id="title_PLACE_CARD">
        <source>Place your identity card</source>
        <translation>請放上身份證</translation>
    </message>
    <message id="body_PLACE_CARD">
        <source>Lay it flat in the lit frame, photo side up.</source>
        <translation>相片向上，平放在發光的框內。</translation>
    </message>
    <message id="card_hint_reading">
        <source>Reading your card</source>
        <translation>正在讀取身份證</translation>
    </message>
    <message id="body_card_hint_reading">
        <source>Leave it where it lies: a moment is enough.</source>
        <translation>請讓身份證留在原處，一會兒便完成。</translation>
    </message>
    <message id="card_hint_cut_off">
        <source>Move the whole card into the frame</source>
        <translation>請把整張身份證放入框內</translation>
    </message>
    <message id="card_hint_covered">
        <source>Take your hand off the card</source>
        <translation>請把手移開，不要遮住身份證</translation>
    </message>
    <message id="card_hint_not_a_card">
        <source>Only the identity card in the frame</source>
        <translation>框內請只放身份證</translation>
    </message>
    <message id="card_hint_wrong_side">
        <source>Turn the card over</source>
        <translation>請把身份證翻轉</translation>
    </message>
    <message id="card_hint_glare">
        <source>Light dazzles: move the card a little</source>
        <translation>卡面反光，請稍為移動身份證</translation>
    </message>
    <message id="card_hint_too_dark">
        <source>Too dark: do not lean over the card</source>
        <translation>光線太暗，請不要遮住光線</translation>
    </message>
    <message id="card_hint_too_bright">
        <source>Too bright: shade the card with your hand</source>
        <translation>光線太強，請用手稍為遮光</translation>
    </message>
    <message id="card_hint_blurred">
        <source>Let the card lie still</source>
        <translation>請把身份證平放，不要移動</translation>
    </message>
    <message id="title_TYPE_DETAILS">
        <source>Type what your card shows</source>
        <translation>請輸入身份證上的資料</translation>
    </message>
    <message id="type_number">
        <source>Type your identity card number</source>
        <translation>請輸入身份證號碼</translation>
    </message>
    <message id="type_birth">
        <source>Type your date of birth</source>
        <translation>請輸入出生日期</translation>
    </message>
    <message id="type_issued">
        <source>Type the date of issue</source>
        <translation>請輸入簽發日期</translation>
    </message>
    <message id="wrong_check_digit">
        <source>The number and the character in brackets do not match. Please check.</source>
        <translation>號碼與括號內的字不符，請再核對。</translation>
    </message>
    <message id="wrong_date">
        <source>There is no such date. Please check.</source>
        <translation>沒有這個日期，請再核對。</translation>
    </message>
    <message id="reason_key_refused">
        <source>These details do not open this card. Please check them again.</source>
        <translation>輸入的資料未能開啟這張身份證，請再核對。</translation>
    </message>
    <message id="key_delete">
        <source>Delete</source>
        <translation>刪除</translation>
    </message>
    <message id="key_letters">
        <source>Letter</source>
        <translation>字母</translation>
    </message>
    <message id="title_READING_CARD">
        <source>Reading your card</source>
        <translation>正在讀取身份證</translation>
    </message>
    <message id="body_READING_CARD">
        <source>Please do not move the card. It takes a few seconds.</source>
        <translation>請不要移動身份證，只需數秒。</translation>
    </message>
    <message id="title_CARD_PROBLEM">
        <source>The card could not be read</source>
        <translation>未能讀取身份證</translation>
    </message>
    <message id="title_CARD_PROBLEM_retry">
        <source>Please try the card again</source>
        <translation>請再試一次</translation>
    </message>
    <message id="title_CHECK_DETAILS">
        <source>Are these your details?</source>
        <translation>這是您的資料嗎？</translation>
    </message>
    <message id="body_CHECK_DETAILS">
        <source>Parts are hidden to protect your privacy.</source>
        <translation>為保障私隱，部分內容已隱藏。</translation>
    </message>
    <message id="field_name">
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message id="field_number">
        <source>Card number</source>
        <translation>身份證號碼</translation>
    </message>
    <message id="field_birth">
        <source>Date of birth</source>
        <translation>出生日期</translation>
    </message>
    <message id="field_sex">
        <source>Sex</source>
        <translation>性別</translation>
    </message>
    <message id="sex_F">
        <source>Female</source>
        <translation>女</translation>
    </message>
    <message id="sex_M">
        <source>Male</source>
        <translation>男</translation>
    </message>
    <message id="sex_X">
        <source>Not stated</source>
        <translation>未註明</translation>
    </message>
    <message id="details_yes">
        <source>Yes, they are mine</source>
        <translation>是，資料正確</translation>
    </message>
    <message id="not_mine">
        <source>Not correct</source>
        <translation>不正確</translation>
    </message>
    <message id="title_TAKING_PHOTO">
        <source>Look at the camera</source>
        <translation>請望向鏡頭</translation>
    </message>
    <message id="hint_none">
        <source>The photo is taken by itself: nothing to press.</source>
        <translation>會自動拍照，無需按鍵。</translation>
    </message>
    <message id="hint_no_face">
        <source>Stand in front of the camera</source>
        <translation>請站到鏡頭前面</translation>
    </message>
    <message id="hint_two_faces">
        <source>One person only, please</source>
        <translation>請只一個人站在鏡頭前</translation>
    </message>
    <message id="hint_nearer">
        <source>Come a little nearer</source>
        <translation>請站近一點</translation>
    </message>
    <message id="hint_back">
        <source>Step back a little</source>
        <translation>請退後一點</translation>
    </message>
    <message id="hint_left">
        <source>Move a little to your left</source>
        <translation>請稍為向左移</translation>
    </message>
    <message id="hint_right">
        <source>Move a little to your right</source>
        <translation>請稍為向右移</translation>
    </message>
    <message id="hint_up">
        <source>Stand a little taller</source>
        <translation>請稍為站高</translation>
    </message>
    <message id="hint_down">
        <source>Come down a little</source>
        <translation>請稍為放低身子</translation>
    </message>
    <message id="hint_turn_to_camera">
        <source>Look straight at the camera</source>
        <translation>請正面望向鏡頭</translation>
    </message>
    <message id="hint_too_dark">
        <source>Your face is too dark: turn to the light</source>
        <translation>面部太暗，請面向光線</translation>
    </message>
    <message id="hint_too_bright">
        <source>Too bright: move out of the light</source>
        <translation>面部太亮，請稍為避開強光</translation>
    </message>
    <message id="hint_uneven_light">
        <source>Light comes from one side: turn a little</source>
        <translation>光線不均勻，請稍為轉身</translation>
    </message>
    <message id="hint_blurred">
        <source>Keep still for a moment</source>
        <translation>請保持不動</translation>
    </message>
    <message id="hint_mask">
        <source>Please take off your mask</source>
        <translation>請除下口罩</translation>
    </message>
    <message id="hint_hat">
        <source>Please clear your forehead</source>
        <translation>請露出前額</translation>
    </message>
    <message id="hint_glasses">
        <source>Please take off your glasses</source>
        <translation>請除下眼鏡</translation>
    </message>
    <message id="hint_eyes_closed">
        <source>Open your eyes, please</source>
        <translation>請張開眼睛</translation>
    </message>
    <message id="hint_mouth_open">
        <source>Close your mouth, please</source>
        <translation>請合上嘴巴</translation>
    </message>
    <message id="hint_hold_still">
        <source>Good. Hold still</source>
        <translation>很好，請保持不動</translation>
    </message>
    <message id="asked_turn_left">
        <source>Turn your head slowly to the left</source>
        <translation>請慢慢把頭轉向左邊</translation>
    </message>
    <message id="asked_turn_right">
        <source>Turn your head slowly to the right</source>
        <translation>請慢慢把頭轉向右邊</translation>
    </message>
    <message id="asked_come_closer">
        <source>Come a little closer</source>
        <translation>請靠近一點</translation>
    </message>
    <message id="asked_look_straight">
        <source>Look straight at the screen</source>
        <translation>請正視屏幕</translation>
    </message>
    <message id="asked_body">
        <source>The photo is taken. This shows that you are here yourself.</source>
        <translation>相片已拍好。這一步確認是您本人在場。</translation>
    </message>
    <message id="asked_colours">
        <source>Keep looking here: the screen shines in colours. Touch it to stop.</source>
        <translation>請繼續望着這裏，屏幕會亮起顏色。輕觸可停止。</translation>
    </message>
    <message id="gentle">
        <source>No turning, no colours</source>
        <translation>不轉頭、不亮彩光</translation>
    </message>
    <message id="attempt">
        <source>Try %1 of %2</source>
        <translation>第 %1 次，共 %2 次</translation>
    </message>
    <message id="title_COMPARING">
        <source>Checking your photo</source>
        <translation>正在核對相片</translation>
    </message>
    <message id="body_COMPARING">
        <source>One moment, please. It takes a few seconds.</source>
        <translation>請稍候，只需數秒。</translation>
    </message>
    <message id="title_SENDING">
        <source>Sending securely</source>
        <translation>正在安全傳送</translation>
    </message>
    <message id="body_SENDING">
        <source>Your record is sealed: only the register can open it.</source>
        <translation>資料已加密，只有登記系統可以開啟。</translation>
    </message>
    <message id="title_LINK_PHONE">
        <source>Finish on your phone</source>
        <translation>請用手機完成登記</translation>
    </message>
    <message id="body_LINK_PHONE">
        <source>Scan the code with your phone and set your password.</source>
        <translation>用手機掃描二維碼，並設定密碼。</translation>
    </message>
    <message id="phone_done">
        <source>My phone is done</source>
        <translation>手機已完成</translation>
    </message>
    <message id="phone_later">
        <source>I will do it later</source>
        <translation>稍後才做</translation>
    </message>
    <message id="reference">
        <source>Reference</source>
        <translation>參考編號</translation>
    </message>
    <message id="title_RECEIPT">
        <source>Take your receipt</source>
        <translation>請取收條</translation>
    </message>
    <message id="title_RECEIPT_none">
        <source>Photograph your receipt</source>
        <translation>請拍下這張收條</translation>
    </message>
    <message id="receipt_printing">
        <source>Printing. One moment, please.</source>
        <translation>正在列印，請稍候。</translation>
    </message>
    <message id="receipt_printed">
        <source>It carries no personal data.</source>
        <translation>收條上沒有您的個人資料。</translation>
    </message>
    <message id="receipt_none">
        <source>Please keep a picture of the code and the reference.</source>
        <translation>請用手機拍下二維碼和參考編號。</translation>
    </message>
    <message id="receipt_waiting">
        <source>The line is down. Your registration is saved and will be sent later.</source>
        <translation>網絡暫時未通。您的登記已安全保存，稍後會自動傳送。</translation>
    </message>
    <message id="title_REFERRAL">
        <source>Please see our staff</source>
        <translation>請找我們的職員</translation>
    </message>
    <message id="title_TAKE_CARD">
        <source>Take your card back</source>
        <translation>請取回身份證</translation>
    </message>
    <message id="title_TAKE_CARD_out">
        <source>Keep your card with you</source>
        <translation>請帶好身份證</translation>
    </message>
    <message id="body_TAKE_CARD">
        <source>Please do not leave it behind.</source>
        <translation>請不要遺下身份證。</translation>
    </message>
    <message id="body_TAKE_CARD_out">
        <source>It is no longer on the reader.</source>
        <translation>身份證已不在讀卡器上。</translation>
    </message>
    <message id="title_WIPING">
        <source>Thank you and goodbye</source>
        <translation>多謝使用，再見</translation>
    </message>
    <message id="body_WIPING">
        <source>Your details and photo have been erased from this kiosk.</source>
        <translation>您的資料和相片已從本機清除。</translation>
    </message>
    <message id="outcome_done">
        <source>Your registration is on its way.</source>
        <translation>您的登記已妥善送交。</translation>
    </message>
    <message id="outcome_left">
        <source>Nothing was registered.</source>
        <translation>沒有作出任何登記。</translation>
    </message>
    <message id="outcome_timed_out">
        <source>Time ran out. Nothing was registered.</source>
        <translation>時間已到，沒有作出任何登記。</translation>
    </message>
    <message id="outcome_referred">
        <source>Our staff will go on helping you.</source>
        <translation>職員會繼續協助您。</translation>
    </message>
    <message id="title_CARD_LEFT">
        <source>A card was left here</source>
        <translation>有人遺下了身份證</translation>
    </message>
    <message id="body_CARD_LEFT">
        <source>Please hand it to our staff. Thank you.</source>
        <translation>請把身份證交給職員，謝謝。</translation>
    </message>
    <message id="failure_any">
        <source>Something went wrong on our side. Our staff will help you.</source>
        <translation>系統出現問題，不是您的錯。職員會協助您。</translation>
    </message>
    <message id="failure_card">
        <source>This kiosk could not confirm the card. It is no fault of yours: our staff will help.</source>
        <translation>本機未能確認這張身份證。不是您的錯，職員會協助您。</translation>
    </message>
    <message id="failure_card_removed">
        <source>The card was lifted too early. Lay it down again and leave it there.</source>
        <translation>身份證移開得太早。請再放上，直至讀取完成。</translation>
    </message>
    <message id="failure_card_mute">
        <source>The card stopped answering. Lift it and lay it flat again.</source>
        <translation>身份證沒有回應。請拿起，再平放一次。</translation>
    </message>
    <message id="failure_card_unreadable">
        <source>The chip could not be read. Lift the card and lay it flat again.</source>
        <translation>晶片未能讀取。請拿起身份證，再平放一次。</translation>
    </message>
    <message id="failure_card_key_refused">
        <source>What was typed does not match the card. Please type it again.</source>
        <translation>輸入的資料與身份證不符。請再輸入一次。</translation>
    </message>
    <message id="failure_card_old_form">
        <source>This is a 2003-design card, no longer valid. Please replace it at a Registration of Persons Office.</source>
        <translation>這是 2003 年款式的身份證，已經失效。請到人事登記處換領新證。</translation>
    </message>
    <message id="failure_card_old_form_counter">
        <source>This is a 2003-design card. A counter can register you with it; this kiosk cannot.</source>
        <translation>這是 2003 年款式的身份證。櫃位可以為您辦理，本機未能辦理。</translation>
    </message>
    <message id="failure_card_consular">
        <source>Holders of a Consular Corps identity card are served at a counter.</source>
        <translation>持領事團身份證的人士，請到櫃位辦理。</translation>
    </message>
    <message id="failure_card_child">
        <source>Registration is for people aged 11 or over.</source>
        <translation>年滿 11 歲的人士才可登記。</translation>
    </message>
    <message id="failure_card_minor">
        <source>A parent or guardian has to agree. Please go to a counter together.</source>
        <translation>須由父母或監護人同意，請一同到櫃位辦理。</translation>
    </message>
    <message id="failure_card_copy_suspected">
        <source>The front of this card could not be confirmed. Our staff will look at it with you.</source>
        <translation>未能確認身份證正面。職員會與您一同查看。</translation>
    </message>
    <message id="failure_card_tries_used">
        <source>The card could not be read, perhaps because of its chip. Our staff will help.</source>
        <translation>未能讀取身份證，可能是晶片問題。職員會協助您。</translation>
    </message>
    <message id="failure_session_asked_help">
        <source>We have called our staff. Please wait here a moment.</source>
        <translation>我們已通知職員，請在此稍候。</translation>
    </message>
    <message id="failure_session_counter">
        <source>Staff at a counter can register you without this camera.</source>
        <translation>您可以到櫃位由職員辦理，不用在這裏拍照。</translation>
    </message>
    <message id="failure_session_not_eligible">
        <source>This kiosk cannot register you yet. Our staff will tell you how.</source>
        <translation>本機暫時未能為您登記。職員會告訴您其他方法。</translation>
    </message>
    <message id="failure_session_not_mine">
        <source>If something is not correct, please show your card to our staff.</source>
        <translation>如資料有誤，請帶同身份證向職員查詢。</translation>
    </message>
    <message id="failure_face_for_staff">
        <source>Our staff will look at your photo together with you.</source>
        <translation>職員會與您一起核對相片。</translation>
    </message>
    <message id="failure_face">
        <source>The photo could not be checked. Light or glasses can be the reason: our staff will help.</source>
        <translation>本機未能核對相片，可能與光線或眼鏡有關。職員會協助您。</translation>
    </message>
    <message id="failure_camera">
        <source>The camera has a problem. It is no fault of yours: our staff will help.</source>
        <translation>鏡頭出現問題，不是您的錯。職員會協助您。</translation>
    </message>
    <message id="failure_vision">
        <source>The camera has a problem. It is no fault of yours: our staff will help.</source>
        <translation>鏡頭出現問題，不是您的錯。職員會協助您。</translation>
    </message>
    <message id="failure_reader">
        <source>The card reader has a problem. It is no fault of yours.</source>
        <translation>讀卡器出現問題，不是您的錯。</translation>
    </message>
    <message id="failure_register">
        <source>Our staff will complete this registration with you.</source>
        <translation>這項登記需要由職員為您跟進。</translation>
    </message>
    <message id="failure_outbox">
        <source>This kiosk cannot keep registrations just now. Our staff will help.</source>
        <translation>本機暫時未能保存登記。職員會協助您。</translation>
    </message>
    <message id="failure_clock">
        <source>The kiosk's clock must be set before anybody can register.</source>
        <translation>本機的時間需要校正，暫時未能登記。</translation>
    </message>
    <message id="receipt_title">
        <source>Registration receipt</source>
        <translation>登記收條</translation>
    </message>
    <message id="receipt_done">
        <source>Your registration has reached the register.</source>
        <translation>您的登記已送交登記系統。</translation>
    </message>
    <message id="receipt_queued">
        <source>Your registration is saved safely and will be sent soon.</source>
        <translation>您的登記已安全保存，稍後會自動送交。</translation>
    </message>
    <message id="receipt_next_1">
        <source>Scan the code below with your phone</source>
        <translation>用手機掃描下面的二維碼</translation>
    </message>
    <message id="receipt_next_2">
        <source>Confirm on the phone and set a 6-digit password</source>
        <translation>在手機確認身份，並設定六位數字密碼</translation>
    </message>
    <message id="receipt_next_3">
        <source>Then iAM Smart+ is ready to use</source>
        <translation>完成後即可使用智方便+</translation>
    </message>
    <message id="receipt_reference">
        <source>Reference</source>
        <translation>參考編號</translation>
    </message>
    <message id="receipt_scan">
        <source>Scan with your phone</source>
        <translation>用手機掃描</translation>
    </message>
    <message id="receipt_keep">
        <source>Please keep this slip. It carries no personal data.</source>
        <translation>請保留此收條。上面沒有您的個人資料。</translation>
    </message>
    <message id="receipt_printed_at">
        <source>Printed %1</source>
        <translation>列印時間 %1</translation>
    </message>
    <message id="title_away">
        <source>One moment, please</source>
        <translation>請稍候</translation>
    </message>
    <message id="browse_services">
        <source>Find a service</source>
        <translation>尋找服務</translation>
    </message>
    <message id="browse_services_more">
        <source>%1 services, by subject or by search</source>
        <translation>%1 項服務，按主題或搜尋</translation>
    </message>
    <message id="browse_information">
        <source>Public information</source>
        <translation>公共資訊</translation>
    </message>
    <message id="browse_information_more">
        <source>Weather, traffic, announcements</source>
        <translation>天氣、交通、公布</translation>
    </message>
    <message id="title_INFORMATION">
        <source>See what is new</source>
        <translation>查看最新資訊</translation>
    </message>
    <message id="information_none">
        <source>There is no news at the moment.</source>
        <translation>暫時沒有最新資訊。</translation>
    </message>
    <message id="kind_warning">
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message id="kind_weather">
        <source>Weather</source>
        <translation>天氣</translation>
    </message>
    <message id="kind_traffic">
        <source>Traffic</source>
        <translation>交通</translation>
    </message>
    <message id="kind_announcement">
        <source>Announcement</source>
        <translation>公布</translation>
    </message>
    <message id="age_now">
        <source>just now</source>
        <translation>剛剛</translation>
    </message>
    <message id="age_minutes">
        <source>%1 min ago</source>
        <translation>%1 分鐘前</translation>
    </message>
    <message id="age_hours">
        <source>%1 h ago</source>
        <translation>%1 小時前</translation>
    </message>
    <message id="age_days">
        <source>%1 days ago</source>
        <translation>%1 日前</translation>
    </message>
    <message id="title_CATALOGUE">
        <source>Choose a subject</source>
        <translation>請選擇主題</translation>
    </message>
    <message id="search">
        <source>Search by a word</source>
        <translation>用字詞搜尋</translation>
    </message>
    <message id="title_SEARCH">
        <source>Search for a service</source>
        <translation>搜尋服務</translation>
    </message>
    <message id="body_SEARCH_letters">
        <source>Type how a word begins</source>
        <translation>輸入字詞的開首字母</translation>
    </message>
    <message id="body_SEARCH_words">
        <source>Touch a word.</source>
        <translation>請按一個字詞。</translation>
    </message>
    <message id="show_found">
        <source>Show %1 services</source>
        <translation>顯示 %1 項服務</translation>
    </message>
    <message id="found_none">
        <source>No service found</source>
        <translation>找不到服務</translation>
    </message>
    <message id="found_count">
        <source>Found: %1</source>
        <translation>共 %1 項</translation>
    </message>
    <message id="title_SERVICES">
        <source>Choose a service</source>
        <translation>請選擇服務</translation>
    </message>
    <message id="next_page">
        <source>Next page (%1 of %2)</source>
        <translation>下一頁（第 %1／%2 頁）</translation>
    </message>
    <message id="previous_page">
        <source>Page before</source>
        <translation>上一頁</translation>
    </message>
    <message id="title_ONE_SERVICE">
        <source>Continue on your phone</source>
        <translation>用手機繼續</translation>
    </message>
    <message id="service_on_site">
        <source>The code opens the official iAM Smart site; find this service there.</source>
        <translation>二維碼會開啟「智方便」官方網站，請在該處尋找此服務。</translation>
    </message>
    <message id="service_own">
        <source>The code opens this service.</source>
        <translation>二維碼會開啟此服務。</translation>
    </message>
    <message id="attract_browse">
        <source>Services and information</source>
        <translation>服務及資訊</translation>
    </message>
    <message id="for_staff">
        <source>For staff</source>
        <translation>職員適用</translation>
    </message>
    <message id="solve_reader">
        <source>Check the cable of the card reader, then plug it in again.</source>
        <translation>請檢查讀卡器接線，然後重新插上。</translation>
    </message>
    <message id="solve_camera">
        <source>Check the cable of the camera and clean its glass.</source>
        <translation>請檢查鏡頭接線，並抹淨鏡面。</translation>
    </message>
    <message id="solve_vision">
        <source>Restart the terminal. If it comes back, call the service line.</source>
        <translation>請重新啟動終端機；如再出現，請致電技術支援。</translation>
    </message>
    <message id="solve_printer">
        <source>Put in a new paper roll and close the cover.</source>
        <translation>請更換紙卷並關上機蓋。</translation>
    </message>
    <message id="solve_outbox">
        <source>Check the network: records wait to be sent.</source>
        <translation>請檢查網絡：有紀錄等待傳送。</translation>
    </message>
    <message id="solve_register">
        <source>Check the network. Records are kept until it is back.</source>
        <translation>請檢查網絡；恢復前紀錄會妥善保存。</translation>
    </message>
    <message id="solve_clock">
        <source>Check the network: the clock is set from it.</source>
        <translation>請檢查網絡：時鐘由網絡校正。</translation>
    </message>
    <message id="solve_any">
        <source>Restart the terminal. If it comes back, call the service line.</source>
        <translation>請重新啟動終端機；如再出現，請致電技術支援。</translation>
    </message>
    <message id="curtain">
        <source>The screen is hidden for privacy.</source>
        <translation>為保障私隱，屏幕已隱藏。</translation>
    </message>
    <message id="title_STAFF_PIN">
        <source>Type the PIN of your service card</source>
        <translation>請輸入職員卡密碼</translation>
    </message>
    <message id="body_STAFF_PIN">
        <source>For staff only. Leave the card on the reader.</source>
        <translation>只供職員使用，請把卡留在讀卡器上。</translation>
    </message>
    <message id="pin_tries">
        <source>That is not the PIN of this card. Tries left: %1.</source>
        <translation>密碼不正確，尚可嘗試 %1 次。</translation>
    </message>
    <message id="pin_locked">
        <source>Locked for %1 minutes after too many wrong PINs. Citizens are served meanwhile.</source>
        <translation>密碼錯誤次數過多，鎖定 %1 分鐘。期間市民可照常使用。</translation>
    </message>
    <message id="pin_card_bad">
        <source>This card is not accepted.</source>
        <translation>本機不接受這張職員卡。</translation>
    </message>
    <message id="pin_asking">
        <source>The card checks the PIN.</source>
        <translation>職員卡正在核對密碼。</translation>
    </message>
    <message id="title_STAFF_MENU">
        <source>Staff mode</source>
        <translation>職員模式</translation>
    </message>
    <message id="staff_where">
        <source>Terminal %1. Staff mode ends in %2 minutes, or when the card is taken.</source>
        <translation>終端機 %1。職員模式在 %2 分鐘後或取走卡時結束。</translation>
    </message>
    <message id="staff_leave">
        <source>Leave staff mode</source>
        <translation>離開職員模式</translation>
    </message>
    <message id="staff_tests">
        <source>Test devices</source>
        <translation>測試設備</translation>
    </message>
    <message id="staff_paper">
        <source>Change paper</source>
        <translation>更換紙卷</translation>
    </message>
    <message id="staff_camera">
        <source>Face camera</source>
        <translation>面容鏡頭</translation>
    </message>
    <message id="staff_logs">
        <source>Log</source>
        <translation>運作記錄</translation>
    </message>
    <message id="staff_report">
        <source>Readiness report</source>
        <translation>就緒報告</translation>
    </message>
    <message id="staff_restart">
        <source>Restart</source>
        <translation>重新啟動</translation>
    </message>
    <message id="staff_take_out">
        <source>Take out of service</source>
        <translation>暫停服務</translation>
    </message>
    <message id="staff_put_back">
        <source>Put back into service</source>
        <translation>恢復服務</translation>
    </message>
    <message id="device_reader">
        <source>Card reader</source>
        <translation>讀卡器</translation>
    </message>
    <message id="device_face_camera">
        <source>Face camera</source>
        <translation>面容鏡頭</translation>
    </message>
    <message id="device_document_camera">
        <source>Card camera</source>
        <translation>證件鏡頭</translation>
    </message>
    <message id="device_printer">
        <source>Receipt printer</source>
        <translation>收據打印機</translation>
    </message>
    <message id="device_ready">
        <source>Works</source>
        <translation>正常</translation>
    </message>
    <message id="test_reader">
        <source>Card reader</source>
        <translation>讀卡器</translation>
    </message>
    <message id="test_printer">
        <source>Receipt printer</source>
        <translation>收據打印機</translation>
    </message>
    <message id="test_face_camera">
        <source>Face camera</source>
        <translation>面容鏡頭</translation>
    </message>
    <message id="test_document_camera">
        <source>Card camera</source>
        <translation>證件鏡頭</translation>
    </message>
    <message id="test_touch">
        <source>Touch screen</source>
        <translation>觸控屏</translation>
    </message>
    <message id="test_sound">
        <source>Sound</source>
        <translation>聲音</translation>
    </message>
    <message id="verdict_good">
        <source>Passed</source>
        <translation>通過</translation>
    </message>
    <message id="verdict_bad">
        <source>Failed</source>
        <translation>不通過</translation>
    </message>
    <message id="verdict_never">
        <source>Not tested yet</source>
        <translation>尚未測試</translation>
    </message>
    <message id="title_STAFF_TESTS">
        <source>Which device do you want to test?</source>
        <translation>要測試哪項設備？</translation>
    </message>
    <message id="body_STAFF_TESTS">
        <source>The last result of each is kept.</source>
        <translation>系統會保存每項的最新結果。</translation>
    </message>
    <message id="title_STAFF_TEST">
        <source>Test a device</source>
        <translation>測試設備</translation>
    </message>
    <message id="test_do_reader">
        <source>The reader asks your service card.</source>
        <translation>讀卡器正在查詢職員卡。</translation>
    </message>
    <message id="test_do_printer">
        <source>A test slip is printed.</source>
        <translation>正在打印測試紙條。</translation>
    </message>
    <message id="test_do_document_camera">
        <source>The card camera is asked for a picture.</source>
        <translation>正在檢查證件鏡頭。</translation>
    </message>
    <message id="test_do_touch">
        <source>Touch every square once.</source>
        <translation>請逐一觸按每個方格。</translation>
    </message>
    <message id="test_do_sound">
        <source>The sound is prepared.</source>
        <translation>正在準備聲音。</translation>
    </message>
    <message id="test_ask_printer">
        <source>Is the slip clean and whole, with black bars?</source>
        <translation>紙條是否清晰完整、線條夠黑？</translation>
    </message>
    <message id="test_ask_sound">
        <source>Put on the headphones. Do you hear this screen clearly?</source>
        <translation>請戴上耳機。能否清楚聽到本畫面的內容？</translation>
    </message>
    <message id="test_play">
        <source>Play the sound</source>
        <translation>播放聲音</translation>
    </message>
    <message id="test_yes">
        <source>Good</source>
        <translation>正常</translation>
    </message>
    <message id="test_no">
        <source>Not good</source>
        <translation>不正常</translation>
    </message>
    <message id="title_STAFF_PAPER">
        <source>Change the paper roll</source>
        <translation>更換紙卷</translation>
    </message>
    <message id="paper_1">
        <source>Open the cover of the printer.</source>
        <translation>打開打印機蓋。</translation>
    </message>
    <message id="paper_2">
        <source>Lay the new roll in, the paper coming from below, and close the cover.</source>
        <translation>放入新紙卷，紙端由下方拉出，然後合上蓋。</translation>
    </message>
    <message id="paper_3">
        <source>Print a test slip.</source>
        <translation>打印測試紙條。</translation>
    </message>
    <message id="paper_0">
        <source>The printer does not answer. Check its cable and its power.</source>
        <translation>打印機沒有回應，請檢查接線及電源。</translation>
    </message>
    <message id="title_STAFF_CAMERA">
        <source>What the face camera sees</source>
        <translation>面容鏡頭畫面</translation>
    </message>
    <message id="body_STAFF_CAMERA">
        <source>Nobody is photographed here.</source>
        <translation>這裏不會拍照。</translation>
    </message>
    <message id="measure_rate">
        <source>Pictures a second</source>
        <translation>每秒畫面數</translation>
    </message>
    <message id="measure_size">
        <source>Size of the picture</source>
        <translation>畫面大小</translation>
    </message>
    <message id="measure_brightness">
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message id="measure_sharpness">
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message id="title_STAFF_LOGS">
        <source>What the terminal noted last</source>
        <translation>終端機最近的記錄</translation>
    </message>
    <message id="title_STAFF_REPORT">
        <source>Is this terminal ready?</source>
        <translation>終端機是否就緒？</translation>
    </message>
    <message id="report_ready">
        <source>Ready for citizens</source>
        <translation>可供市民使用</translation>
    </message>
    <message id="report_not_ready">
        <source>Not ready</source>
        <translation>尚未就緒</translation>
    </message>
    <message id="report_make">
        <source>Make the report as PDF</source>
        <translation>製作 PDF 報告</translation>
    </message>
    <message id="report_making">
        <source>The report is being made.</source>
        <translation>正在製作報告。</translation>
    </message>
    <message id="report_made">
        <source>The report is kept in this terminal.</source>
        <translation>報告已存於終端機。</translation>
    </message>
    <message id="report_failed">
        <source>The report could not be kept.</source>
        <translation>未能儲存報告。</translation>
    </message>
    <message id="report_title">
        <source>Readiness report</source>
        <translation>就緒報告</translation>
    </message>
    <message id="report_terminal">
        <source>Terminal %1</source>
        <translation>終端機 %1</translation>
    </message>
    <message id="report_made_at">
        <source>Made at %1</source>
        <translation>製作時間 %1</translation>
    </message>
    <message id="report_devices">
        <source>Devices now</source>
        <translation>設備現況</translation>
    </message>
    <message id="report_tests">
        <source>Tests</source>
        <translation>測試</translation>
    </message>
    <message id="report_rest">
        <source>The terminal</source>
        <translation>終端機</translation>
    </message>
    <message id="report_software">
        <source>Software</source>
        <translation>軟件版本</translation>
    </message>
    <message id="report_clock">
        <source>Trusted clock</source>
        <translation>時鐘可信</translation>
    </message>
    <message id="report_outbox">
        <source>Room for records</source>
        <translation>登記儲存空間</translation>
    </message>
    <message id="report_queued">
        <source>Records that wait</source>
        <translation>待傳送登記</translation>
    </message>
    <message id="report_oldest">
        <source>The oldest waits</source>
        <translation>最久等候</translation>
    </message>
    <message id="report_service">
        <source>In service</source>
        <translation>服務狀態</translation>
    </message>
    <message id="report_trail">
        <source>Entries of the trail</source>
        <translation>審計記錄數</translation>
    </message>
    <message id="report_content">
        <source>Public content</source>
        <translation>公共資訊版本</translation>
    </message>
    <message id="report_good">
        <source>In order</source>
        <translation>正常</translation>
    </message>
    <message id="report_bad">
        <source>Not in order</source>
        <translation>異常</translation>
    </message>
    <message id="report_never">
        <source>Never tested</source>
        <translation>從未測試</translation>
    </message>
    <message id="title_STAFF_RESTART">
        <source>Restart the terminal?</source>
        <translation>重新啟動終端機？</translation>
    </message>
    <message id="body_STAFF_RESTART">
        <source>It takes about a minute. Staff mode ends.</source>
        <translation>需時約一分鐘，職員模式會結束。</translation>
    </message>
    <message id="restart_now">
        <source>Restart now</source>
        <translation>立即重新啟動</translation>
    </message>
    <message id="slip_test">
        <source>Test slip</source>
        <translation>測試紙條</translation>
    </message>
    <message id="slip_even">
        <source>Every bar is black and without gaps.</source>
        <translation>每條線均應漆黑、沒有斷開。</translation>
    </message>
    <message id="failure_staff_out_of_service">
        <source>Staff have closed this kiosk for a while. Please use another one.</source>
        <translation>職員已暫停這部登記站。請使用另一部。</translation>
    </message>
    <message id="solve_staff">
        <source>Lay your service card on the reader and put the terminal back into service.</source>
        <translation>把職員卡放在讀卡器上，然後恢復服務。</translation>
    </message>
    <message id="paper_slip">
        <source>Print a test slip</source>
        <translation>打印測試紙條</translation>
    </message>
    <message id="title_GUARDIAN">
        <source>Let your parent or guardian agree</source>
        <translation>請家長或監護人同意登記</translation>
    </message>
    <message id="body_GUARDIAN">
        <source>You are under 18. Your parent or guardian scans this with a phone; then we go on by ourselves.</source>
        <translation>您未滿 18 歲。請家長或監護人用手機掃描；同意後本機會自動繼續。</translation>
    </message>
    <message id="guardian_preparing">
        <source>The code is being prepared. This takes a few seconds.</source>
        <translation>正在準備二維碼，需時數秒。</translation>
    </message>
    <message id="guardian_check">
        <source>The phone must show the same code as here.</source>
        <translation>手機顯示的代碼須與此處相同。</translation>
    </message>
    <message id="guardian_waiting">
        <source>Waiting for an answer</source>
        <translation>等待回覆</translation>
    </message>
    <message id="failure_guardian_declined">
        <source>Your parent or guardian did not agree. Please talk to them, or ask our staff.</source>
        <translation>家長或監護人沒有同意。請與他們商量，或向職員查詢。</translation>
    </message>
    <message id="failure_guardian_expired">
        <source>Nobody answered in time. You can start again when your parent or guardian is ready.</source>
        <translation>限時內沒有回覆。家長或監護人準備好後，可以重新開始。</translation>
    </message>
    <message id="failure_guardian_withdrawn">
        <source>Your parent or guardian took the consent back.</source>
        <translation>家長或監護人已撤回同意。</translation>
    </message>
    <message id="failure_guardian_unreachable">
        <source>We cannot ask your parent or guardian right now. Please go to a counter together.</source>
        <translation>暫時未能聯絡家長或監護人。請一起到櫃位辦理。</translation>
    </message>
    <message id="title_CONFIRM">
        <source>Our staff confirm it is you</source>
        <translation>由職員確認您的身份</translation>
    </message>
    <message id="body_CONFIRM">
        <source>Staff compare you with your card, then lay their service card on the reader.</source>
        <translation>職員核對您與身份證後，會把職員卡放在讀卡器上。</translation>
    </message>
    <message id="confirm_pin">
        <source>Staff: type the PIN to confirm this citizen.</source>
        <translation>職員：輸入密碼以確認此市民。</translation>
    </message>
    <message id="confirm_no">
        <source>Not confirmed</source>
        <translation>未能確認</translation>
    </message>
    <message id="mode_counter">
        <source>Registration at the counter</source>
        <translation>櫃位登記</translation>
    </message>
    <message id="mode_mobile">
        <source>Mobile registration team</source>
        <translation>流動登記隊</translation>
    </message>
    <message id="battery_level">
        <source>Battery %1 %</source>
        <translation>電量 %1%</translation>
    </message>
    <message id="battery_charging">
        <source>Battery %1 %, charging</source>
        <translation>電量 %1%，充電中</translation>
    </message>
    <message id="failure_power">
        <source>The battery is nearly empty. Please ask our staff.</source>
        <translation>電量不足，請向職員查詢。</translation>
    </message>
    <message id="solve_power">
        <source>Plug in the charger. The terminal opens again by itself.</source>
        <translation>請接上充電器，終端機會自動恢復服務。</translation>
    </message>
    <message id="seated">
        <source>I am sitting: everything lower</source>
        <translation>坐着使用：畫面移低</translation>
    </message>
    <message id="hint_seated_nearer">
        <source>Move a little nearer</source>
        <translation>請移近一點</translation>
    </message>
    <message id="hint_seated_back">
        <source>Move back a little</source>
        <translation>請移後一點</translation>
    </message>
    <message id="hint_seated_up">
        <source>Sit up a little, or ask our staff to lower the camera</source>
        <translation>請坐高一點，或請職員調低鏡頭</translation>
    </message>
    <message id="hint_seated_down">
        <source>Lean back a little, or ask our staff to raise the camera</source>
        <translation>請向後靠一點，或請職員調高鏡頭</translation>
    </message>
    <message id="provision_network">
        <source>Network</source>
        <translation>網絡連線</translation>
    </message>
    <message id="provision_clock">
        <source>Clock against the fleet</source>
        <translation>時鐘核對</translation>
    </message>
    <message id="provision_site">
        <source>Site</source>
        <translation>地點</translation>
    </message>
    <message id="provision_panel">
        <source>Panel</source>
        <translation>屏幕</translation>
    </message>
    <message id="provision_lights">
        <source>Lights of the tray</source>
        <translation>證件盤燈光</translation>
    </message>
    <message id="provision_claim">
        <source>Identity of the terminal</source>
        <translation>終端機身分</translation>
    </message>
    <message id="provision_settings">
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message id="provision_self_test">
        <source>Self-test</source>
        <translation>自我測試</translation>
    </message>
    <message id="title_SETUP_LIST">
        <source>Set up this terminal</source>
        <translation>設定這部終端機</translation>
    </message>
    <message id="title_SETUP_STEP">
        <source>Set up one part</source>
        <translation>設定一個部分</translation>
    </message>
    <message id="title_SETUP_TYPE">
        <source>Type the answer</source>
        <translation>請輸入答案</translation>
    </message>
    <message id="title_SETUP_CHOOSE">
        <source>Choose one</source>
        <translation>請選擇一項</translation>
    </message>
    <message id="title_SETUP_WORK">
        <source>Please wait</source>
        <translation>請稍候</translation>
    </message>
    <message id="title_SETUP_CAMERA">
        <source>Look at the picture</source>
        <translation>請查看影像</translation>
    </message>
    <message id="title_SETUP_TOUCH">
        <source>Touch the middle of the ring</source>
        <translation>請輕觸圓環中央</translation>
    </message>
    <message id="title_SETUP_JUDGE">
        <source>Look and listen</source>
        <translation>請看和聽</translation>
    </message>
    <message id="title_SETUP_REPORT">
        <source>Is this terminal ready?</source>
        <translation>這部終端機準備好了嗎？</translation>
    </message>
    <message id="setup_done">
        <source>%1 of %2 steps done</source>
        <translation>已完成 %1 / %2 個步驟</translation>
    </message>
    <message id="setup_step_of">
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message id="setup_next">
        <source>Next: %1</source>
        <translation>下一步：%1</translation>
    </message>
    <message id="setup_to_report">
        <source>To the report</source>
        <translation>製作報告</translation>
    </message>
    <message id="setup_go_on">
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message id="setup_begin">
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message id="setup_again">
        <source>Do it again</source>
        <translation>重做</translation>
    </message>
    <message id="setup_skip">
        <source>Skip</source>
        <translation>略過</translation>
    </message>
    <message id="setup_later">
        <source>Later</source>
        <translation>稍後再做</translation>
    </message>
    <message id="setup_waits">
        <source>First: %1</source>
        <translation>請先完成：%1</translation>
    </message>
    <message id="setup_lacking">
        <source>Give the open answers first.</source>
        <translation>請先填寫未答的項目。</translation>
    </message>
    <message id="setup_open">
        <source>Not answered yet</source>
        <translation>尚未填寫</translation>
    </message>
    <message id="setup_take">
        <source>Use this</source>
        <translation>使用這個答案</translation>
    </message>
    <message id="setup_unusable">
        <source>This cannot be used.</source>
        <translation>此答案無法使用。</translation>
    </message>
    <message id="setup_type_it">
        <source>Type another</source>
        <translation>自行輸入</translation>
    </message>
    <message id="setup_nothing_found">
        <source>No such device was found. Plug it in, or type its name.</source>
        <translation>找不到裝置。請接上裝置，或自行輸入名稱。</translation>
    </message>
    <message id="setup_first_language">
        <source>This language is on the first screen. Citizens can choose all three.</source>
        <translation>首頁會使用這種語言。市民可以選擇全部三種語言。</translation>
    </message>
    <message id="setup_skip_why">
        <source>Why is it skipped?</source>
        <translation>為何略過？</translation>
    </message>
    <message id="skip_1">
        <source>Not ordered</source>
        <translation>沒有訂購</translation>
    </message>
    <message id="skip_2">
        <source>It comes later</source>
        <translation>稍後才送到</translation>
    </message>
    <message id="skip_3">
        <source>Not possible here</source>
        <translation>這裏無法進行</translation>
    </message>
    <message id="setup_working">
        <source>Please wait a moment.</source>
        <translation>請稍等片刻。</translation>
    </message>
    <message id="setup_word_lay_card">
        <source>Lay the test card on the reader.</source>
        <translation>請把測試卡放在讀卡器上。</translation>
    </message>
    <message id="setup_word_lay_slip">
        <source>Lay the slip with the code under the card camera.</source>
        <translation>請把印有代碼的紙條放在證件鏡頭下。</translation>
    </message>
    <message id="setup_word_report">
        <source>The report is being made and signed.</source>
        <translation>正在製作並簽署報告。</translation>
    </message>
    <message id="setup_word_key_in_a_file">
        <source>This machine has no TPM and no host key. Whoever takes the disk has the terminal's key: report a theft at once.</source>
        <translation>本機沒有 TPM 或主機金鑰。取得硬碟者即取得終端機的金鑰，如遭盜竊請立即報告。</translation>
    </message>
    <message id="setup_word_no_machine_key">
        <source>The TPM keeps the key, but signs nothing: a library is missing. A copy of the key would not be noticed.</source>
        <translation>TPM 會保管金鑰，但欠缺程式庫，不能簽署；金鑰如被複製將無法察覺。</translation>
    </message>
    <message id="setup_touch_number">
        <source>Ring %1 of %2</source>
        <translation>第 %1 個，共 %2 個</translation>
    </message>
    <message id="setup_look_face">
        <source>Step aside: the scene should be even, bright and empty.</source>
        <translation>請站到一旁：畫面應光線均勻、明亮，而且沒有人。</translation>
    </message>
    <message id="setup_look_card">
        <source>The whole tray must be in the picture, and sharp.</source>
        <translation>整個證件盤必須清晰可見。</translation>
    </message>
    <message id="setup_keep">
        <source>Is this picture empty?</source>
        <translation>這張影像中沒有人嗎？</translation>
    </message>
    <message id="setup_keep_why">
        <source>It goes into the report only if nobody is in it.</source>
        <translation>只有影像中沒有人時才會放入報告。</translation>
    </message>
    <message id="setup_keep_yes">
        <source>Empty, keep it</source>
        <translation>沒有人，保留</translation>
    </message>
    <message id="setup_keep_no">
        <source>Leave it out</source>
        <translation>不保留</translation>
    </message>
    <message id="setup_type_code">
        <source>Type the code instead</source>
        <translation>改為輸入代碼</translation>
    </message>
    <message id="setup_judge_printer">
        <source>Is the test page clean and whole?</source>
        <translation>測試頁是否清晰完整？</translation>
    </message>
    <message id="setup_judge_more_printer">
        <source>There must be no white line through the black bars.</source>
        <translation>黑色橫條中不應有白線。</translation>
    </message>
    <message id="setup_judge_sound">
        <source>Did you hear three tones?</source>
        <translation>您是否聽到三下提示音？</translation>
    </message>
    <message id="setup_judge_more_sound">
        <source>They rise, and none of them rattles.</source>
        <translation>音調逐漸升高，而且沒有雜音。</translation>
    </message>
    <message id="setup_judge_lights">
        <source>Did every light shine once?</source>
        <translation>每盞燈是否都亮了一次？</translation>
    </message>
    <message id="setup_judge_more_lights">
        <source>One after the other, none of them twice.</source>
        <translation>逐一亮起，沒有一盞亮兩次。</translation>
    </message>
    <message id="setup_ready">
        <source>%1 is ready for citizens</source>
        <translation>%1 可供市民使用</translation>
    </message>
    <message id="setup_ready_more">
        <source>All steps are done. The terminal starts when you finish.</source>
        <translation>所有步驟已完成。按「完成」後終端機便會啟動。</translation>
    </message>
    <message id="setup_not_ready">
        <source>Not ready yet</source>
        <translation>尚未就緒</translation>
    </message>
    <message id="setup_not_ready_more">
        <source>These steps are missing:</source>
        <translation>仍欠以下步驟：</translation>
    </message>
    <message id="setup_finish">
        <source>Finish</source>
        <translation>完成</translation>
    </message>
    <message id="setup_to_list">
        <source>Back to the steps</source>
        <translation>返回步驟</translation>
    </message>
    <message id="setup_report_signed">
        <source>Made</source>
        <translation>已製作</translation>
    </message>
    <message id="setup_pictured">
        <source>In the report</source>
        <translation>已放入報告</translation>
    </message>
    <message id="setup_not_pictured">
        <source>No picture</source>
        <translation>沒有影像</translation>
    </message>
    <message id="picture_face_camera">
        <source>What the face camera sees</source>
        <translation>面容鏡頭的影像</translation>
    </message>
    <message id="picture_test_page">
        <source>The test page</source>
        <translation>測試頁</translation>
    </message>
    <message id="picture_touch">
        <source>Where the panel was touched</source>
        <translation>觸控測試的位置</translation>
    </message>
    <message id="report_pictures">
        <source>Pictures</source>
        <translation>影像</translation>
    </message>
    <message id="mark_good">
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message id="mark_bad">
        <source>Failed</source>
        <translation>未能完成</translation>
    </message>
    <message id="mark_skipped">
        <source>Skipped</source>
        <translation>已略過</translation>
    </message>
    <message id="mark_waits">
        <source>Waits for another step</source>
        <translation>等候其他步驟</translation>
    </message>
    <message id="mark_todo">
        <source>To do</source>
        <translation>待辦</translation>
    </message>
    <message id="answer_yes">
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message id="answer_no">
        <source>No</source>
        <translation>否</translation>
    </message>
    <message id="key_clear">
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message id="still_kept">
        <source>In the report</source>
        <translation>已放入報告</translation>
    </message>
    <message id="still_somebody">
        <source>Left out: not empty</source>
        <translation>沒有保留：不是空景</translation>
    </message>
    <message id="still_not_vouched">
        <source>Left out</source>
        <translation>沒有保留</translation>
    </message>
    <message id="setup_do_network">
        <source>Fleet and register are reached from here. The addresses stand on the order.</source>
        <translation>從這裏連接營運中心和登記處。地址印在工單上。</translation>
    </message>
    <message id="setup_do_clock">
        <source>The clock is compared with the fleet's.</source>
        <translation>把時鐘與營運中心核對。</translation>
    </message>
    <message id="setup_do_site">
        <source>Where the terminal stands and how it is used.</source>
        <translation>終端機的地點和用途。</translation>
    </message>
    <message id="setup_do_panel">
        <source>The panel is looked for and its size compared.</source>
        <translation>尋找屏幕並核對尺寸。</translation>
    </message>
    <message id="setup_do_touch">
        <source>Touch five rings, one after the other. How the glass lies is found by them.</source>
        <translation>請逐一輕觸五個圓環，以校準觸控玻璃。</translation>
    </message>
    <message id="setup_do_face_camera">
        <source>You see what it sees. Step aside at the end: an empty picture goes into the report.</source>
        <translation>您會看到鏡頭的影像。最後請站到一旁：報告只放沒有人的影像。</translation>
    </message>
    <message id="setup_do_document_camera">
        <source>You see what it sees. The whole tray must be in the picture.</source>
        <translation>您會看到鏡頭的影像。整個證件盤必須在畫面內。</translation>
    </message>
    <message id="setup_do_lights">
        <source>Each light of the tray shines once. Watch the tray.</source>
        <translation>證件盤的燈會逐一亮起。請留意證件盤。</translation>
    </message>
    <message id="setup_do_reader">
        <source>Lay the test card on the reader. Nothing on it is read.</source>
        <translation>請把測試卡放在讀卡器上。卡上的資料不會被讀取。</translation>
    </message>
    <message id="setup_do_printer">
        <source>A test page is printed. Look at it closely.</source>
        <translation>會列印一張測試頁。請仔細查看。</translation>
    </message>
    <message id="setup_do_sound">
        <source>Three tones are played. Put on the headphones.</source>
        <translation>會播放三下提示音。請戴上耳機。</translation>
    </message>
    <message id="setup_do_claim">
        <source>The slip with the code makes this machine a terminal. Lay it under the card camera, or type it.</source>
        <translation>印有代碼的紙條會使本機成為終端機。請放在證件鏡頭下，或自行輸入。</translation>
    </message>
    <message id="setup_do_settings">
        <source>All answers are written down, and the terminal reads them.</source>
        <translation>寫入所有答案，並由終端機讀取。</translation>
    </message>
    <message id="setup_do_self_test">
        <source>Disk, memory, key and certificate are looked at.</source>
        <translation>檢查硬碟、記憶體、金鑰和證書。</translation>
    </message>
    <message id="field_fleet_url">
        <source>Address of the fleet</source>
        <translation>營運中心地址</translation>
    </message>
    <message id="field_register_url">
        <source>Address of the register</source>
        <translation>登記處地址</translation>
    </message>
    <message id="field_register_phone_url">
        <source>Address for phones</source>
        <translation>手機用的地址</translation>
    </message>
    <message id="field_site_id">
        <source>Site</source>
        <translation>地點編號</translation>
    </message>
    <message id="field_site_mode">
        <source>How it is used</source>
        <translation>使用方式</translation>
    </message>
    <message id="field_site_opens">
        <source>Opens at</source>
        <translation>開放時間</translation>
    </message>
    <message id="field_site_closes">
        <source>Closes at</source>
        <translation>關閉時間</translation>
    </message>
    <message id="field_site_languages">
        <source>First language</source>
        <translation>首選語言</translation>
    </message>
    <message id="field_machine_panel">
        <source>Size of the panel</source>
        <translation>屏幕尺寸</translation>
    </message>
    <message id="field_devices_face_camera">
        <source>Which camera sees the face</source>
        <translation>哪個是面容鏡頭</translation>
    </message>
    <message id="field_devices_document_camera">
        <source>Which camera sees the card</source>
        <translation>哪個是證件鏡頭</translation>
    </message>
    <message id="field_devices_lights">
        <source>Where the lights are plugged in</source>
        <translation>燈光接口</translation>
    </message>
    <message id="field_devices_printer">
        <source>Where the printer is plugged in</source>
        <translation>打印機接口</translation>
    </message>
    <message id="field_type_code">
        <source>Code of the slip</source>
        <translation>紙條上的代碼</translation>
    </message>
    <message id="hint_field_fleet_url">
        <source>It begins with https:// and stands on the order.</source>
        <translation>以 https:// 開頭，印在工單上。</translation>
    </message>
    <message id="hint_field_register_url">
        <source>It begins with https:// and stands on the order.</source>
        <translation>以 https:// 開頭，印在工單上。</translation>
    </message>
    <message id="hint_field_register_phone_url">
        <source>It begins with https:// and stands on the order.</source>
        <translation>以 https:// 開頭，印在工單上。</translation>
    </message>
    <message id="hint_field_site_id">
        <source>Small letters, digits, - and _, as on the order.</source>
        <translation>小寫字母、數字、- 和 _，與工單相同。</translation>
    </message>
    <message id="hint_field_site_opens">
        <source>Hours and minutes, as 09:00. The same twice: always open.</source>
        <translation>時和分，例如 09:00。兩個時間相同即全日開放。</translation>
    </message>
    <message id="hint_field_site_closes">
        <source>Hours and minutes, as 20:00. The same twice: always open.</source>
        <translation>時和分，例如 20:00。兩個時間相同即全日開放。</translation>
    </message>
    <message id="hint_field_devices_face_camera">
        <source>A name under /dev, of the port it is plugged into.</source>
        <translation>/dev 之下所接端口的名稱。</translation>
    </message>
    <message id="hint_field_devices_document_camera">
        <source>A name under /dev, of the port it is plugged into.</source>
        <translation>/dev 之下所接端口的名稱。</translation>
    </message>
    <message id="hint_field_devices_lights">
        <source>A name under /dev; nothing for a tray without lights.</source>
        <translation>/dev 之下的名稱；沒有燈光則留空。</translation>
    </message>
    <message id="hint_field_devices_printer">
        <source>A name under /dev, of the port it is plugged into.</source>
        <translation>/dev 之下所接端口的名稱。</translation>
    </message>
    <message id="hint_field_type_code">
        <source>It begins with KIOSK1/. Small letters will do.</source>
        <translation>以 KIOSK1/ 開頭。可用小寫字母。</translation>
    </message>
    <message id="choice_self_service">
        <source>Self-service</source>
        <translation>自助</translation>
    </message>
    <message id="choice_counter">
        <source>At a counter, with staff</source>
        <translation>櫃位，有職員協助</translation>
    </message>
    <message id="choice_mobile">
        <source>Mobile team</source>
        <translation>流動隊</translation>
    </message>
    <message id="choice_none">
        <source>None</source>
        <translation>沒有</translation>
    </message>
    <message id="figure_fleet_ms">
        <source>To the fleet (ms)</source>
        <translation>到營運中心（毫秒）</translation>
    </message>
    <message id="figure_register_ms">
        <source>To the register (ms)</source>
        <translation>到登記處（毫秒）</translation>
    </message>
    <message id="figure_unreachable">
        <source>Not reached</source>
        <translation>無法連接</translation>
    </message>
    <message id="figure_synchronized">
        <source>Set from the network</source>
        <translation>由網絡校準</translation>
    </message>
    <message id="figure_off_s">
        <source>Off by (s)</source>
        <translation>相差（秒）</translation>
    </message>
    <message id="figure_mode">
        <source>Size found</source>
        <translation>找到的尺寸</translation>
    </message>
    <message id="figure_turned">
        <source>Turned</source>
        <translation>已旋轉</translation>
    </message>
    <message id="figure_worst_off">
        <source>Worst corner off</source>
        <translation>最大偏差</translation>
    </message>
    <message id="figure_swapped">
        <source>Axes swapped</source>
        <translation>軸已互換</translation>
    </message>
    <message id="figure_mirrored">
        <source>Mirrored</source>
        <translation>已鏡像</translation>
    </message>
    <message id="figure_check_off">
        <source>Test ring off</source>
        <translation>測試偏差</translation>
    </message>
    <message id="figure_corners">
        <source>Rings touched</source>
        <translation>已觸圓環</translation>
    </message>
    <message id="figure_size">
        <source>Size of the picture</source>
        <translation>影像尺寸</translation>
    </message>
    <message id="figure_per_s">
        <source>Pictures a second</source>
        <translation>每秒影像數目</translation>
    </message>
    <message id="figure_brightness">
        <source>Brightness (0-255)</source>
        <translation>亮度（0-255）</translation>
    </message>
    <message id="figure_sharpness">
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message id="figure_picture">
        <source>Picture for the report</source>
        <translation>報告用的影像</translation>
    </message>
    <message id="figure_identity">
        <source>Camera</source>
        <translation>鏡頭</translation>
    </message>
    <message id="figure_lights">
        <source>Lights</source>
        <translation>燈數</translation>
    </message>
    <message id="figure_ways_to_open">
        <source>Ways to open the card</source>
        <translation>讀卡方式數目</translation>
    </message>
    <message id="figure_ms">
        <source>Time taken (ms)</source>
        <translation>所需時間（毫秒）</translation>
    </message>
    <message id="figure_width_px">
        <source>Dots across the paper</source>
        <translation>紙寬點數</translation>
    </message>
    <message id="figure_terminal">
        <source>Terminal</source>
        <translation>終端機</translation>
    </message>
    <message id="figure_key_kept_by">
        <source>Key kept by</source>
        <translation>金鑰存放於</translation>
    </message>
    <message id="figure_machine_signs">
        <source>The TPM signs too</source>
        <translation>TPM 亦簽署</translation>
    </message>
    <message id="figure_district">
        <source>District</source>
        <translation>地區</translation>
    </message>
    <message id="figure_certificate_ends">
        <source>Certificate until</source>
        <translation>證書有效期至</translation>
    </message>
    <message id="figure_site">
        <source>Slip is for</source>
        <translation>紙條屬於</translation>
    </message>
    <message id="figure_secure_boot">
        <source>Secure boot</source>
        <translation>安全啟動</translation>
    </message>
    <message id="figure_free_mb">
        <source>Free room (MB)</source>
        <translation>剩餘空間（MB）</translation>
    </message>
    <message id="figure_certificate_days">
        <source>Certificate, days left</source>
        <translation>證書剩餘日數</translation>
    </message>
    <message id="figure_faults">
        <source>Faults</source>
        <translation>問題</translation>
    </message>
    <message id="figure_issuers">
        <source>Issuers of cards believed</source>
        <translation>所信任的發證機關數目</translation>
    </message>
    <message id="value_fleet">
        <source>The fleet</source>
        <translation>營運中心</translation>
    </message>
    <message id="value_register">
        <source>The register</source>
        <translation>登記處</translation>
    </message>
    <message id="value_tpm">
        <source>The TPM</source>
        <translation>TPM</translation>
    </message>
    <message id="value_host">
        <source>This machine's disk</source>
        <translation>本機硬碟</translation>
    </message>
    <message id="value_file">
        <source>A plain file</source>
        <translation>未加密的檔案</translation>
    </message>
    <message id="fault_swap">
        <source>Swap is on</source>
        <translation>交換空間已啟用</translation>
    </message>
    <message id="fault_core_dumps">
        <source>Core dumps are on</source>
        <translation>核心傾印已啟用</translation>
    </message>
    <message id="fault_room">
        <source>Too little free room</source>
        <translation>剩餘空間不足</translation>
    </message>
    <message id="fault_identity">
        <source>Key or certificate</source>
        <translation>金鑰或證書</translation>
    </message>
    <message id="fault_machine">
        <source>Another TPM</source>
        <translation>TPM 不符</translation>
    </message>
    <message id="fault_issuers">
        <source>No issuer of cards</source>
        <translation>沒有發證機關證書</translation>
    </message>
    <message id="cure_provision_no_network">
        <source>The fleet or the register cannot be reached. Check the cable and the site's firewall.</source>
        <translation>無法連接營運中心或登記處。請檢查網絡線和場地的防火牆。</translation>
    </message>
    <message id="cure_provision_no_panel">
        <source>No panel was found. Check its cable.</source>
        <translation>找不到屏幕。請檢查連接線。</translation>
    </message>
    <message id="cure_provision_other_panel">
        <source>The panel has another size. Correct the answer, or change the panel.</source>
        <translation>屏幕尺寸不符。請更正答案或更換屏幕。</translation>
    </message>
    <message id="cure_provision_no_touch">
        <source>No touch came in time. Check the panel's USB cable and try again.</source>
        <translation>未能及時收到觸控。請檢查屏幕的 USB 線後再試。</translation>
    </message>
    <message id="cure_provision_touch_wild">
        <source>The touches do not fit together. Touch the middle of each ring; if it comes back, change the panel.</source>
        <translation>觸控位置不吻合。請輕觸每個圓環的中央；如仍出現，請更換屏幕。</translation>
    </message>
    <message id="cure_provision_no_card">
        <source>No card was seen. Lay the test card flat on the reader.</source>
        <translation>讀不到卡。請把測試卡平放在讀卡器上。</translation>
    </message>
    <message id="cure_provision_no_slip">
        <source>No code was seen. Lay the slip flat under the camera, or type the code.</source>
        <translation>看不到代碼。請把紙條平放在鏡頭下，或輸入代碼。</translation>
    </message>
    <message id="cure_provision_no_sound">
        <source>Nothing here plays sound. Check the loudspeaker, or skip the step.</source>
        <translation>無法播放聲音。請檢查揚聲器，或略過此步驟。</translation>
    </message>
    <message id="cure_provision_unjudged">
        <source>Nobody answered the question. Do it again and answer.</source>
        <translation>沒有人回答問題。請重做並回答。</translation>
    </message>
    <message id="cure_provision_judged_bad">
        <source>You said it is not good. Put it right, then try again.</source>
        <translation>您認為結果不理想。請修正後再試。</translation>
    </message>
    <message id="cure_provision_other_site">
        <source>The slip is for another site. Correct the site, or ask operations for another slip.</source>
        <translation>紙條屬於另一地點。請更正地點，或向營運中心索取另一張紙條。</translation>
    </message>
    <message id="cure_provision_no_anchors">
        <source>The register's keys are missing from this machine. Install the package again.</source>
        <translation>本機缺少登記處的金鑰。請重新安裝套件。</translation>
    </message>
    <message id="cure_provision_settings_refused">
        <source>The terminal does not accept its settings. Call the service line with this code.</source>
        <translation>終端機不接受設定。請致電支援熱線並提供此代碼。</translation>
    </message>
    <message id="cure_provision_not_fit">
        <source>The machine is not as it must be: see the faults. Call the service line with this code.</source>
        <translation>本機不符合要求，請看以下問題。請致電支援熱線並提供此代碼。</translation>
    </message>
    <message id="cure_claim_mistyped">
        <source>The code was mistyped. Compare it with the slip, letter by letter.</source>
        <translation>代碼輸入錯誤。請與紙條逐字核對。</translation>
    </message>
    <message id="cure_claim_refused">
        <source>The fleet refuses the code: it may be too old. Ask operations for a new slip.</source>
        <translation>營運中心拒絕此代碼，可能已過期。請索取新的紙條。</translation>
    </message>
    <message id="cure_claim_used">
        <source>Another machine has used this code. Tell operations at once.</source>
        <translation>此代碼已被另一部機使用。請立即通知營運中心。</translation>
    </message>
    <message id="cure_claim_forged_fleet">
        <source>Whoever answered is not the fleet of the slip. Check the network, and tell operations.</source>
        <translation>回應者並非紙條所指的營運中心。請檢查網絡並通知營運人員。</translation>
    </message>
    <message id="cure_claim_unreachable">
        <source>The fleet does not answer. Check the network, then try again with the same slip.</source>
        <translation>營運中心沒有回應。請檢查網絡，再用同一張紙條重試。</translation>
    </message>
    <message id="cure_claim_contested">
        <source>Two machines claim to be this terminal. Tell operations at once.</source>
        <translation>有兩部機自稱是這部終端機。請立即通知營運中心。</translation>
    </message>
    <message id="cure_printer_missing">
        <source>No printer was found there. Check its cable, or choose another port.</source>
        <translation>該處找不到打印機。請檢查連接線，或選擇另一接口。</translation>
    </message>
    <message id="cure_camera_missing">
        <source>No camera was found there. Check its cable, or choose another one.</source>
        <translation>該處找不到鏡頭。請檢查連接線，或選擇另一鏡頭。</translation>
    </message>
    <message id="cure_camera">
        <source>The camera gives no good picture. Clean its glass and check its cable.</source>
        <translation>鏡頭影像不良。請清潔鏡面並檢查連接線。</translation>
    </message>
    <message id="cure_reader">
        <source>The card reader does not answer. Check its cable, then plug it in again.</source>
        <translation>讀卡器沒有回應。請檢查連接線，然後重新接上。</translation>
    </message>
    <message id="cure_printer">
        <source>The printer does not print. Put in paper, close the cover and try again.</source>
        <translation>打印機無法列印。請放入紙卷，蓋好後再試。</translation>
    </message>
    <message id="cure_lights">
        <source>The lights do not answer. Check their cable.</source>
        <translation>燈光沒有回應。請檢查連接線。</translation>
    </message>
    <message id="cure_claim">
        <source>The claim failed. Ask operations for a new slip.</source>
        <translation>登記未能完成。請向營運中心索取新的紙條。</translation>
    </message>
    <message id="cure_identity">
        <source>The key of this terminal cannot be kept or opened. Call the service line with this code.</source>
        <translation>無法存放或開啟終端機的金鑰。請致電支援熱線並提供此代碼。</translation>
    </message>
    <message id="cure_clock">
        <source>The clock is wrong. Check the network: the clock is set from it.</source>
        <translation>時鐘不準。請檢查網絡：時鐘由網絡校準。</translation>
    </message>
</context>
</TS>
