<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message id="wordmark">
        <source>iAM Smart</source>
        <translation>智方便</translation>
    </message>
    <message id="wordmark_more">
        <source>Self-registration kiosk</source>
        <translation>自助登记站</translation>
    </message>
    <message id="cancel">
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message id="help">
        <source>Get help</source>
        <translation>需要帮助</translation>
    </message>
    <message id="back">
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message id="continue">
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message id="retry">
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message id="counter">
        <source>Go to a counter instead</source>
        <translation>改到柜台办理</translation>
    </message>
    <message id="done">
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message id="text_size">
        <source>Larger text</source>
        <translation>放大字体</translation>
    </message>
    <message id="contrast">
        <source>High contrast</source>
        <translation>高对比度</translation>
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
        <translation>身份证</translation>
    </message>
    <message id="step_details">
        <source>Details</source>
        <translation>核对</translation>
    </message>
    <message id="step_photo">
        <source>Photo</source>
        <translation>拍照</translation>
    </message>
    <message id="step_phone">
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message id="step_receipt">
        <source>Receipt</source>
        <translation>凭条</translation>
    </message>
    <message id="step_accessible">
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message id="more_time_head">
        <source>Do you need more time?</source>
        <translation>需要更多时间吗？</translation>
    </message>
    <message id="more_time_body">
        <source>This ends in %1 seconds and your data will be erased.</source>
        <translation>%1 秒后将结束，您的信息会被清除。</translation>
    </message>
    <message id="more_time">
        <source>More time</source>
        <translation>我需要更多时间</translation>
    </message>
    <message id="title_STARTING">
        <source>Starting up</source>
        <translation>正在启动</translation>
    </message>
    <message id="body_STARTING">
        <source>The kiosk is checking itself. Please wait a moment.</source>
        <translation>登记站正在自检，请稍候。</translation>
    </message>
    <message id="title_OUT_OF_SERVICE">
        <source>Out of service</source>
        <translation>暂停服务</translation>
    </message>
    <message id="body_OUT_OF_SERVICE">
        <source>We are sorry. Please use another kiosk or ask our staff.</source>
        <translation>很抱歉。请使用另一台登记站，或咨询工作人员。</translation>
    </message>
    <message id="title_CLOSED">
        <source>Closed now</source>
        <translation>暂未开放</translation>
    </message>
    <message id="body_CLOSED">
        <source>This kiosk opens at %1.</source>
        <translation>登记站将于 %1 开放。</translation>
    </message>
    <message id="title_ATTRACT">
        <source>Register for iAM Smart+ here</source>
        <translation>在这里登记智方便+</translation>
    </message>
    <message id="beside_ATTRACT">
        <source>在這裏登記智方便+</source>
        <translation>Register for iAM Smart+ here</translation>
    </message>
    <message id="bring_card">
        <source>Hong Kong identity card</source>
        <translation>香港身份证</translation>
    </message>
    <message id="bring_phone">
        <source>Your phone</source>
        <translation>您的手机</translation>
    </message>
    <message id="bring_time">
        <source>About five minutes</source>
        <translation>约五分钟</translation>
    </message>
    <message id="touch_to_begin">
        <source>Touch to begin</source>
        <translation>点此开始</translation>
    </message>
    <message id="receipt_on_screen">
        <source>No printing today: your receipt is shown on the screen.</source>
        <translation>今天不打印，凭条会显示在屏幕上。</translation>
    </message>
    <message id="title_LANGUAGE">
        <source>Choose your language</source>
        <translation>请选择语言</translation>
    </message>
    <message id="beside_LANGUAGE">
        <source>請選擇語言 · 请选择语言</source>
        <translation>請選擇語言 · Choose your language</translation>
    </message>
    <message id="title_SERVICE">
        <source>What would you like to do?</source>
        <translation>您想办理什么？</translation>
    </message>
    <message id="service_register">
        <source>Register for iAM Smart+</source>
        <translation>登记智方便+</translation>
    </message>
    <message id="service_register_more">
        <source>With your card and phone, about five minutes</source>
        <translation>需要身份证和手机，约五分钟</translation>
    </message>
    <message id="service_browse">
        <source>Browse services</source>
        <translation>浏览服务</translation>
    </message>
    <message id="service_browse_more">
        <source>No registration needed</source>
        <translation>无需登记</translation>
    </message>
    <message id="title_BROWSE">
        <source>Look around without an account</source>
        <translation>无须账户，随便看看</translation>
    </message>
    <message id="body_BROWSE">
        <source>Or scan the code and look on your phone.</source>
        <translation>也可扫描二维码，用手机浏览。</translation>
    </message>
    <message id="title_ELIGIBILITY">
        <source>Please check three things first</source>
        <translation>请先确认三件事</translation>
    </message>
    <message id="eligible_card">
        <source>My card is the 2018 design: large photo on the left</source>
        <translation>我有 2018 年款式的身份证，照片在左边</translation>
    </message>
    <message id="eligible_age">
        <source>I am 11 or older. Under 18, my parent agrees by phone.</source>
        <translation>我年满 11 岁；如未满 18 岁，家长会用手机同意</translation>
    </message>
    <message id="eligible_phone">
        <source>I have my own phone with me</source>
        <translation>我带了自己的手机</translation>
    </message>
    <message id="eligible_yes">
        <source>Yes, all three</source>
        <translation>三项都符合</translation>
    </message>
    <message id="eligible_no">
        <source>Not all of them</source>
        <translation>不是全部符合</translation>
    </message>
    <message id="title_PRIVACY_NOTICE">
        <source>See how we use your data</source>
        <translation>请看我们如何使用您的个人信息</translation>
    </message>
    <message id="privacy_what">
        <source>We read name, number, dates, sex and portrait from your card, and take one photo.</source>
        <translation>读取身份证上的姓名、号码、各项日期、性别和照片，并为您拍一张照片。</translation>
    </message>
    <message id="privacy_why">
        <source>Only to confirm who you are and to register you.</source>
        <translation>只用于核实您的身份和登记智方便+。</translation>
    </message>
    <message id="privacy_keep">
        <source>When you leave, this kiosk erases it. What is sent is sealed: only the register can open it.</source>
        <translation>您离开时，本机会清除这些信息。已发送的均已加密，只有登记系统能够打开。</translation>
    </message>
    <message id="privacy_template">
        <source>Also keep a face template for later checks (optional)</source>
        <translation>另外保留面容模板，方便以后核实（可不选）</translation>
    </message>
    <message id="privacy_version">
        <source>Statement %1</source>
        <translation>声明版本 %1</translation>
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
        <translation>开</translation>
    </message>
    <message id="off">
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message id="title_PLACE_CARD">
        <source>Place your identity card</source>
        <translation>请放上身份证</translation>
    </message>
    <message id="body_PLACE_CARD">
        <source>Lay it flat in the lit frame, photo side up.</source>
        <translation>照片朝上，平放在发光的框内。</translation>
    </message>
    <message id="card_hint_reading">
        <source>Reading your card</source>
        <translation>正在读取身份证</translation>
    </message>
    <message id="body_card_hint_reading">
        <source>Leave it where it lies: a moment is enough.</source>
        <translation>请让身份证留在原处，一会儿便完成。</translation>
    </message>
    <message id="card_hint_cut_off">
        <source>Move the whole card into the frame</source>
        <translation>请把整张身份证放入框内</translation>
    </message>
    <message id="card_hint_covered">
        <source>Take your hand off the card</source>
        <translation>请把手移开，不要遮住身份证</translation>
    </message>
    <message id="card_hint_not_a_card">
        <source>Only the identity card in the frame</source>
        <translation>框内请只放身份证</translation>
    </message>
    <message id="card_hint_wrong_side">
        <source>Turn the card over</source>
        <translation>请把身份证翻转</translation>
    </message>
    <message id="card_hint_glare">
        <source>Light dazzles: move the card a little</source>
        <translation>卡面反光，请稍微移动身份证</translation>
    </message>
    <message id="card_hint_too_dark">
        <source>Too dark: do not lean over the card</source>
        <translation>光线太暗，请不要遮住光线</translation>
    </message>
    <message id="card_hint_too_bright">
        <source>Too bright: shade the card with your hand</source>
        <translation>光线太强，请用手稍微遮光</translation>
    </message>
    <message id="card_hint_blurred">
        <source>Let the card lie still</source>
        <translation>请把身份证平放，不要移动</translation>
    </message>
    <message id="title_TYPE_DETAILS">
        <source>Type what your card shows</source>
        <translation>请输入身份证上的信息</translation>
    </message>
    <message id="type_number">
        <source>Type your identity card number</source>
        <translation>请输入身份证号码</translation>
    </message>
    <message id="type_birth">
        <source>Type your date of birth</source>
        <translation>请输入出生日期</translation>
    </message>
    <message id="type_issued">
        <source>Type the date of issue</source>
        <translation>请输入签发日期</translation>
    </message>
    <message id="wrong_check_digit">
        <source>The number and the character in brackets do not match. Please check.</source>
        <translation>号码与括号内的字符不符，请再核对。</translation>
    </message>
    <message id="wrong_date">
        <source>There is no such date. Please check.</source>
        <translation>没有这个日期，请再核对。</translation>
    </message>
    <message id="reason_key_refused">
        <source>These details do not open this card. Please check them again.</source>
        <translation>输入的信息无法打开这张身份证，请再核对。</translation>
    </message>
    <message id="key_delete">
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message id="key_letters">
        <source>Letter</source>
        <translation>字母</translation>
    </message>
    <message id="title_READING_CARD">
        <source>Reading your card</source>
        <translation>正在读取身份证</translation>
    </message>
    <message id="body_READING_CARD">
        <source>Please do not move the card. It takes a few seconds.</source>
        <translation>请不要移动身份证，只需几秒。</translation>
    </message>
    <message id="title_CARD_PROBLEM">
        <source>The card could not be read</source>
        <translation>无法读取身份证</translation>
    </message>
    <message id="title_CARD_PROBLEM_retry">
        <source>Please try the card again</source>
        <translation>请再试一次</translation>
    </message>
    <message id="title_CHECK_DETAILS">
        <source>Are these your details?</source>
        <translation>这是您的信息吗？</translation>
    </message>
    <message id="body_CHECK_DETAILS">
        <source>Parts are hidden to protect your privacy.</source>
        <translation>为保护隐私，部分内容已隐藏。</translation>
    </message>
    <message id="field_name">
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message id="field_number">
        <source>Card number</source>
        <translation>身份证号码</translation>
    </message>
    <message id="field_birth">
        <source>Date of birth</source>
        <translation>出生日期</translation>
    </message>
    <message id="field_sex">
        <source>Sex</source>
        <translation>性别</translation>
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
        <translation>未注明</translation>
    </message>
    <message id="details_yes">
        <source>Yes, they are mine</source>
        <translation>是，信息正确</translation>
    </message>
    <message id="not_mine">
        <source>Not correct</source>
        <translation>不正确</translation>
    </message>
    <message id="title_TAKING_PHOTO">
        <source>Look at the camera</source>
        <translation>请看向镜头</translation>
    </message>
    <message id="hint_none">
        <source>The photo is taken by itself: nothing to press.</source>
        <translation>会自动拍照，无需按键。</translation>
    </message>
    <message id="hint_no_face">
        <source>Stand in front of the camera</source>
        <translation>请站到镜头前面</translation>
    </message>
    <message id="hint_two_faces">
        <source>One person only, please</source>
        <translation>请只一个人站在镜头前</translation>
    </message>
    <message id="hint_nearer">
        <source>Come a little nearer</source>
        <translation>请靠近一点</translation>
    </message>
    <message id="hint_back">
        <source>Step back a little</source>
        <translation>请后退一点</translation>
    </message>
    <message id="hint_left">
        <source>Move a little to your left</source>
        <translation>请稍微向左移</translation>
    </message>
    <message id="hint_right">
        <source>Move a little to your right</source>
        <translation>请稍微向右移</translation>
    </message>
    <message id="hint_up">
        <source>Stand a little taller</source>
        <translation>请稍微站高</translation>
    </message>
    <message id="hint_down">
        <source>Come down a little</source>
        <translation>请稍微放低身子</translation>
    </message>
    <message id="hint_turn_to_camera">
        <source>Look straight at the camera</source>
        <translation>请正面望向镜头</translation>
    </message>
    <message id="hint_too_dark">
        <source>Your face is too dark: turn to the light</source>
        <translation>面部太暗，请面向光线</translation>
    </message>
    <message id="hint_too_bright">
        <source>Too bright: move out of the light</source>
        <translation>面部太亮，请稍微避开强光</translation>
    </message>
    <message id="hint_uneven_light">
        <source>Light comes from one side: turn a little</source>
        <translation>光线不均匀，请稍微转身</translation>
    </message>
    <message id="hint_blurred">
        <source>Keep still for a moment</source>
        <translation>请保持不动</translation>
    </message>
    <message id="hint_mask">
        <source>Please take off your mask</source>
        <translation>请摘下口罩</translation>
    </message>
    <message id="hint_hat">
        <source>Please clear your forehead</source>
        <translation>请露出前额</translation>
    </message>
    <message id="hint_glasses">
        <source>Please take off your glasses</source>
        <translation>请摘下眼镜</translation>
    </message>
    <message id="hint_eyes_closed">
        <source>Open your eyes, please</source>
        <translation>请睁开眼睛</translation>
    </message>
    <message id="hint_mouth_open">
        <source>Close your mouth, please</source>
        <translation>请合上嘴巴</translation>
    </message>
    <message id="hint_hold_still">
        <source>Good. Hold still</source>
        <translation>很好，请保持不动</translation>
    </message>
    <message id="asked_turn_left">
        <source>Turn your head slowly to the left</source>
        <translation>请慢慢把头转向左边</translation>
    </message>
    <message id="asked_turn_right">
        <source>Turn your head slowly to the right</source>
        <translation>请慢慢把头转向右边</translation>
    </message>
    <message id="asked_come_closer">
        <source>Come a little closer</source>
        <translation>请靠近一点</translation>
    </message>
    <message id="asked_look_straight">
        <source>Look straight at the screen</source>
        <translation>请正视屏幕</translation>
    </message>
    <message id="asked_body">
        <source>The photo is taken. This shows that you are here yourself.</source>
        <translation>照片已拍好。这一步确认是您本人在场。</translation>
    </message>
    <message id="asked_colours">
        <source>Keep looking here: the screen shines in colours. Touch it to stop.</source>
        <translation>请继续看着这里，屏幕会亮起颜色。轻触可停止。</translation>
    </message>
    <message id="gentle">
        <source>No turning, no colours</source>
        <translation>不转头、不亮彩光</translation>
    </message>
    <message id="attempt">
        <source>Try %1 of %2</source>
        <translation>第 %1 次，共 %2 次</translation>
    </message>
    <message id="title_COMPARING">
        <source>Checking your photo</source>
        <translation>正在核对照片</translation>
    </message>
    <message id="body_COMPARING">
        <source>One moment, please. It takes a few seconds.</source>
        <translation>请稍候，只需几秒。</translation>
    </message>
    <message id="title_SENDING">
        <source>Sending securely</source>
        <translation>正在安全发送</translation>
    </message>
    <message id="body_SENDING">
        <source>Your record is sealed: only the register can open it.</source>
        <translation>信息已加密，只有登记系统能够打开。</translation>
    </message>
    <message id="title_LINK_PHONE">
        <source>Finish on your phone</source>
        <translation>请用手机完成登记</translation>
    </message>
    <message id="body_LINK_PHONE">
        <source>Scan the code with your phone and set your password.</source>
        <translation>用手机扫描二维码，并设置密码。</translation>
    </message>
    <message id="phone_done">
        <source>My phone is done</source>
        <translation>手机已完成</translation>
    </message>
    <message id="phone_later">
        <source>I will do it later</source>
        <translation>稍后再做</translation>
    </message>
    <message id="reference">
        <source>Reference</source>
        <translation>参考编号</translation>
    </message>
    <message id="title_RECEIPT">
        <source>Take your receipt</source>
        <translation>请取走凭条</translation>
    </message>
    <message id="title_RECEIPT_none">
        <source>Photograph your receipt</source>
        <translation>请拍下这张凭条</translation>
    </message>
    <message id="receipt_printing">
        <source>Printing. One moment, please.</source>
        <translation>正在打印，请稍候。</translation>
    </message>
    <message id="receipt_printed">
        <source>It carries no personal data.</source>
        <translation>凭条上没有您的个人信息。</translation>
    </message>
    <message id="receipt_none">
        <source>Please keep a picture of the code and the reference.</source>
        <translation>请用手机拍下二维码和参考编号。</translation>
    </message>
    <message id="receipt_waiting">
        <source>The line is down. Your registration is saved and will be sent later.</source>
        <translation>网络暂时不通。您的登记已安全保存，稍后会自动发送。</translation>
    </message>
    <message id="title_REFERRAL">
        <source>Please see our staff</source>
        <translation>请找我们的工作人员</translation>
    </message>
    <message id="title_TAKE_CARD">
        <source>Take your card back</source>
        <translation>请取回身份证</translation>
    </message>
    <message id="title_TAKE_CARD_out">
        <source>Keep your card with you</source>
        <translation>请带好身份证</translation>
    </message>
    <message id="body_TAKE_CARD">
        <source>Please do not leave it behind.</source>
        <translation>请不要忘记拿走身份证。</translation>
    </message>
    <message id="body_TAKE_CARD_out">
        <source>It is no longer on the reader.</source>
        <translation>身份证已不在读卡器上。</translation>
    </message>
    <message id="title_WIPING">
        <source>Thank you and goodbye</source>
        <translation>谢谢使用，再见</translation>
    </message>
    <message id="body_WIPING">
        <source>Your details and photo have been erased from this kiosk.</source>
        <translation>您的信息和照片已从本机清除。</translation>
    </message>
    <message id="outcome_done">
        <source>Your registration is on its way.</source>
        <translation>您的登记已妥善提交。</translation>
    </message>
    <message id="outcome_left">
        <source>Nothing was registered.</source>
        <translation>没有进行任何登记。</translation>
    </message>
    <message id="outcome_timed_out">
        <source>Time ran out. Nothing was registered.</source>
        <translation>时间已到，没有进行任何登记。</translation>
    </message>
    <message id="outcome_referred">
        <source>Our staff will go on helping you.</source>
        <translation>工作人员会继续帮助您。</translation>
    </message>
    <message id="title_CARD_LEFT">
        <source>A card was left here</source>
        <translation>有人落下了身份证</translation>
    </message>
    <message id="body_CARD_LEFT">
        <source>Please hand it to our staff. Thank you.</source>
        <translation>请把身份证交给工作人员，谢谢。</translation>
    </message>
    <message id="failure_any">
        <source>Something went wrong on our side. Our staff will help you.</source>
        <translation>系统出现问题，不是您的错。工作人员会帮助您。</translation>
    </message>
    <message id="failure_card">
        <source>This kiosk could not confirm the card. It is no fault of yours: our staff will help.</source>
        <translation>本机无法确认这张身份证。不是您的错，工作人员会帮助您。</translation>
    </message>
    <message id="failure_card_removed">
        <source>The card was lifted too early. Lay it down again and leave it there.</source>
        <translation>身份证移开得太早。请重新放上，直到读取完成。</translation>
    </message>
    <message id="failure_card_mute">
        <source>The card stopped answering. Lift it and lay it flat again.</source>
        <translation>身份证没有响应。请拿起，再平放一次。</translation>
    </message>
    <message id="failure_card_unreadable">
        <source>The chip could not be read. Lift the card and lay it flat again.</source>
        <translation>芯片无法读取。请拿起身份证，再平放一次。</translation>
    </message>
    <message id="failure_card_key_refused">
        <source>What was typed does not match the card. Please type it again.</source>
        <translation>输入的信息与身份证不符。请再输入一次。</translation>
    </message>
    <message id="failure_card_old_form">
        <source>This is a 2003-design card, no longer valid. Please replace it at a Registration of Persons Office.</source>
        <translation>这是 2003 年款式的身份证，已经失效。请到人事登记处换领新证。</translation>
    </message>
    <message id="failure_card_old_form_counter">
        <source>This is a 2003-design card. A counter can register you with it; this kiosk cannot.</source>
        <translation>这是 2003 年款式的身份证。柜台可以为您办理，本机无法办理。</translation>
    </message>
    <message id="failure_card_consular">
        <source>Holders of a Consular Corps identity card are served at a counter.</source>
        <translation>持领事团身份证的人士，请到柜台办理。</translation>
    </message>
    <message id="failure_card_child">
        <source>Registration is for people aged 11 or over.</source>
        <translation>年满 11 岁的人士才可登记。</translation>
    </message>
    <message id="failure_card_minor">
        <source>A parent or guardian has to agree. Please go to a counter together.</source>
        <translation>须由父母或监护人同意，请一同到柜台办理。</translation>
    </message>
    <message id="failure_card_copy_suspected">
        <source>The front of this card could not be confirmed. Our staff will look at it with you.</source>
        <translation>无法确认身份证正面。工作人员会与您一同查看。</translation>
    </message>
    <message id="failure_card_tries_used">
        <source>The card could not be read, perhaps because of its chip. Our staff will help.</source>
        <translation>无法读取身份证，可能是芯片问题。工作人员会帮助您。</translation>
    </message>
    <message id="failure_session_asked_help">
        <source>We have called our staff. Please wait here a moment.</source>
        <translation>我们已通知工作人员，请在此稍候。</translation>
    </message>
    <message id="failure_session_counter">
        <source>Staff at a counter can register you without this camera.</source>
        <translation>您可以到柜台由工作人员办理，不用在这里拍照。</translation>
    </message>
    <message id="failure_session_not_eligible">
        <source>This kiosk cannot register you yet. Our staff will tell you how.</source>
        <translation>本机暂时无法为您登记。工作人员会告诉您其他办法。</translation>
    </message>
    <message id="failure_session_not_mine">
        <source>If something is not correct, please show your card to our staff.</source>
        <translation>如信息有误，请带上身份证咨询工作人员。</translation>
    </message>
    <message id="failure_face_for_staff">
        <source>Our staff will look at your photo together with you.</source>
        <translation>职员会与您一起核对照片。</translation>
    </message>
    <message id="failure_face">
        <source>The photo could not be checked. Light or glasses can be the reason: our staff will help.</source>
        <translation>本机无法核对照片，可能与光线或眼镜有关。工作人员会帮助您。</translation>
    </message>
    <message id="failure_camera">
        <source>The camera has a problem. It is no fault of yours: our staff will help.</source>
        <translation>镜头出现问题，不是您的错。工作人员会帮助您。</translation>
    </message>
    <message id="failure_vision">
        <source>The camera has a problem. It is no fault of yours: our staff will help.</source>
        <translation>镜头出现问题，不是您的错。工作人员会帮助您。</translation>
    </message>
    <message id="failure_reader">
        <source>The card reader has a problem. It is no fault of yours.</source>
        <translation>读卡器出现问题，不是您的错。</translation>
    </message>
    <message id="failure_register">
        <source>Our staff will complete this registration with you.</source>
        <translation>这项登记需要由工作人员为您跟进。</translation>
    </message>
    <message id="failure_outbox">
        <source>This kiosk cannot keep registrations just now. Our staff will help.</source>
        <translation>本机暂时无法保存登记。工作人员会帮助您。</translation>
    </message>
    <message id="failure_clock">
        <source>The kiosk's clock must be set before anybody can register.</source>
        <translation>本机的时间需要校正，暂时无法登记。</translation>
    </message>
    <message id="receipt_title">
        <source>Registration receipt</source>
        <translation>登记凭条</translation>
    </message>
    <message id="receipt_done">
        <source>Your registration has reached the register.</source>
        <translation>您的登记已提交到登记系统。</translation>
    </message>
    <message id="receipt_queued">
        <source>Your registration is saved safely and will be sent soon.</source>
        <translation>您的登记已安全保存，稍后会自动提交。</translation>
    </message>
    <message id="receipt_next_1">
        <source>Scan the code below with your phone</source>
        <translation>用手机扫描下面的二维码</translation>
    </message>
    <message id="receipt_next_2">
        <source>Confirm on the phone and set a 6-digit password</source>
        <translation>在手机上确认身份，并设置六位数字密码</translation>
    </message>
    <message id="receipt_next_3">
        <source>Then iAM Smart+ is ready to use</source>
        <translation>完成后即可使用智方便+</translation>
    </message>
    <message id="receipt_reference">
        <source>Reference</source>
        <translation>参考编号</translation>
    </message>
    <message id="receipt_scan">
        <source>Scan with your phone</source>
        <translation>用手机扫描</translation>
    </message>
    <message id="receipt_keep">
        <source>Please keep this slip. It carries no personal data.</source>
        <translation>请保留此凭条。上面没有您的个人信息。</translation>
    </message>
    <message id="receipt_printed_at">
        <source>Printed %1</source>
        <translation>打印时间 %1</translation>
    </message>
    <message id="title_away">
        <source>One moment, please</source>
        <translation>请稍候</translation>
    </message>
    <message id="browse_services">
        <source>Find a service</source>
        <translation>查找服务</translation>
    </message>
    <message id="browse_services_more">
        <source>%1 services, by subject or by search</source>
        <translation>%1 项服务，按主题或搜索</translation>
    </message>
    <message id="browse_information">
        <source>Public information</source>
        <translation>公共信息</translation>
    </message>
    <message id="browse_information_more">
        <source>Weather, traffic, announcements</source>
        <translation>天气、交通、公告</translation>
    </message>
    <message id="title_INFORMATION">
        <source>See what is new</source>
        <translation>查看最新信息</translation>
    </message>
    <message id="information_none">
        <source>There is no news at the moment.</source>
        <translation>暂时没有最新信息。</translation>
    </message>
    <message id="kind_warning">
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message id="kind_weather">
        <source>Weather</source>
        <translation>天气</translation>
    </message>
    <message id="kind_traffic">
        <source>Traffic</source>
        <translation>交通</translation>
    </message>
    <message id="kind_announcement">
        <source>Announcement</source>
        <translation>公告</translation>
    </message>
    <message id="age_now">
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message id="age_minutes">
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message id="age_hours">
        <source>%1 h ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message id="age_days">
        <source>%1 days ago</source>
        <translation>%1 天前</translation>
    </message>
    <message id="title_CATALOGUE">
        <source>Choose a subject</source>
        <translation>请选择主题</translation>
    </message>
    <message id="search">
        <source>Search by a word</source>
        <translation>用字词搜索</translation>
    </message>
    <message id="title_SEARCH">
        <source>Search for a service</source>
        <translation>搜索服务</translation>
    </message>
    <message id="body_SEARCH_letters">
        <source>Type how a word begins</source>
        <translation>输入字词的首字母</translation>
    </message>
    <message id="body_SEARCH_words">
        <source>Touch a word.</source>
        <translation>请按一个字词。</translation>
    </message>
    <message id="show_found">
        <source>Show %1 services</source>
        <translation>显示 %1 项服务</translation>
    </message>
    <message id="found_none">
        <source>No service found</source>
        <translation>找不到服务</translation>
    </message>
    <message id="found_count">
        <source>Found: %1</source>
        <translation>共 %1 项</translation>
    </message>
    <message id="title_SERVICES">
        <source>Choose a service</source>
        <translation>请选择服务</translation>
    </message>
    <message id="next_page">
        <source>Next page (%1 of %2)</source>
        <translation>下一页（第 %1／%2 页）</translation>
    </message>
    <message id="previous_page">
        <source>Page before</source>
        <translation>上一页</translation>
    </message>
    <message id="title_ONE_SERVICE">
        <source>Continue on your phone</source>
        <translation>用手机继续</translation>
    </message>
    <message id="service_on_site">
        <source>The code opens the official iAM Smart site; find this service there.</source>
        <translation>二维码会打开“智方便”官方网站，请在该处查找此服务。</translation>
    </message>
    <message id="service_own">
        <source>The code opens this service.</source>
        <translation>二维码会打开此服务。</translation>
    </message>
    <message id="attract_browse">
        <source>Services and information</source>
        <translation>服务及信息</translation>
    </message>
    <message id="for_staff">
        <source>For staff</source>
        <translation>工作人员适用</translation>
    </message>
    <message id="solve_reader">
        <source>Check the cable of the card reader, then plug it in again.</source>
        <translation>请检查读卡器接线，然后重新插上。</translation>
    </message>
    <message id="solve_camera">
        <source>Check the cable of the camera and clean its glass.</source>
        <translation>请检查镜头接线，并擦净镜面。</translation>
    </message>
    <message id="solve_vision">
        <source>Restart the terminal. If it comes back, call the service line.</source>
        <translation>请重新启动终端机；如再出现，请致电技术支持。</translation>
    </message>
    <message id="solve_printer">
        <source>Put in a new paper roll and close the cover.</source>
        <translation>请更换纸卷并关上机盖。</translation>
    </message>
    <message id="solve_outbox">
        <source>Check the network: records wait to be sent.</source>
        <translation>请检查网络：有记录等待发送。</translation>
    </message>
    <message id="solve_register">
        <source>Check the network. Records are kept until it is back.</source>
        <translation>请检查网络；恢复前记录会妥善保存。</translation>
    </message>
    <message id="solve_clock">
        <source>Check the network: the clock is set from it.</source>
        <translation>请检查网络：时钟由网络校正。</translation>
    </message>
    <message id="solve_any">
        <source>Restart the terminal. If it comes back, call the service line.</source>
        <translation>请重新启动终端机；如再出现，请致电技术支持。</translation>
    </message>
    <message id="curtain">
        <source>The screen is hidden for privacy.</source>
        <translation>为保障隐私，屏幕已隐藏。</translation>
    </message>
    <message id="title_STAFF_PIN">
        <source>Type the PIN of your service card</source>
        <translation>请输入职员卡密码</translation>
    </message>
    <message id="body_STAFF_PIN">
        <source>For staff only. Leave the card on the reader.</source>
        <translation>仅供职员使用，请将卡留在读卡器上。</translation>
    </message>
    <message id="pin_tries">
        <source>That is not the PIN of this card. Tries left: %1.</source>
        <translation>密码不正确，还可尝试 %1 次。</translation>
    </message>
    <message id="pin_locked">
        <source>Locked for %1 minutes after too many wrong PINs. Citizens are served meanwhile.</source>
        <translation>密码错误次数过多，锁定 %1 分钟。期间市民可照常使用。</translation>
    </message>
    <message id="pin_card_bad">
        <source>This card is not accepted.</source>
        <translation>本机不接受这张职员卡。</translation>
    </message>
    <message id="pin_asking">
        <source>The card checks the PIN.</source>
        <translation>职员卡正在核对密码。</translation>
    </message>
    <message id="title_STAFF_MENU">
        <source>Staff mode</source>
        <translation>职员模式</translation>
    </message>
    <message id="staff_where">
        <source>Terminal %1. Staff mode ends in %2 minutes, or when the card is taken.</source>
        <translation>终端机 %1。职员模式在 %2 分钟后或取走卡时结束。</translation>
    </message>
    <message id="staff_leave">
        <source>Leave staff mode</source>
        <translation>离开职员模式</translation>
    </message>
    <message id="staff_tests">
        <source>Test devices</source>
        <translation>测试设备</translation>
    </message>
    <message id="staff_paper">
        <source>Change paper</source>
        <translation>更换纸卷</translation>
    </message>
    <message id="staff_camera">
        <source>Face camera</source>
        <translation>面容镜头</translation>
    </message>
    <message id="staff_logs">
        <source>Log</source>
        <translation>运行记录</translation>
    </message>
    <message id="staff_report">
        <source>Readiness report</source>
        <translation>就绪报告</translation>
    </message>
    <message id="staff_restart">
        <source>Restart</source>
        <translation>重新启动</translation>
    </message>
    <message id="staff_take_out">
        <source>Take out of service</source>
        <translation>暂停服务</translation>
    </message>
    <message id="staff_put_back">
        <source>Put back into service</source>
        <translation>恢复服务</translation>
    </message>
    <message id="device_reader">
        <source>Card reader</source>
        <translation>读卡器</translation>
    </message>
    <message id="device_face_camera">
        <source>Face camera</source>
        <translation>面容镜头</translation>
    </message>
    <message id="device_document_camera">
        <source>Card camera</source>
        <translation>证件镜头</translation>
    </message>
    <message id="device_printer">
        <source>Receipt printer</source>
        <translation>收据打印机</translation>
    </message>
    <message id="device_ready">
        <source>Works</source>
        <translation>正常</translation>
    </message>
    <message id="test_reader">
        <source>Card reader</source>
        <translation>读卡器</translation>
    </message>
    <message id="test_printer">
        <source>Receipt printer</source>
        <translation>收据打印机</translation>
    </message>
    <message id="test_face_camera">
        <source>Face camera</source>
        <translation>面容镜头</translation>
    </message>
    <message id="test_document_camera">
        <source>Card camera</source>
        <translation>证件镜头</translation>
    </message>
    <message id="test_touch">
        <source>Touch screen</source>
        <translation>触控屏</translation>
    </message>
    <message id="test_sound">
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message id="verdict_good">
        <source>Passed</source>
        <translation>通过</translation>
    </message>
    <message id="verdict_bad">
        <source>Failed</source>
        <translation>不通过</translation>
    </message>
    <message id="verdict_never">
        <source>Not tested yet</source>
        <translation>尚未测试</translation>
    </message>
    <message id="title_STAFF_TESTS">
        <source>Which device do you want to test?</source>
        <translation>要测试哪项设备？</translation>
    </message>
    <message id="body_STAFF_TESTS">
        <source>The last result of each is kept.</source>
        <translation>系统会保存每项的最新结果。</translation>
    </message>
    <message id="title_STAFF_TEST">
        <source>Test a device</source>
        <translation>测试设备</translation>
    </message>
    <message id="test_do_reader">
        <source>The reader asks your service card.</source>
        <translation>读卡器正在查询职员卡。</translation>
    </message>
    <message id="test_do_printer">
        <source>A test slip is printed.</source>
        <translation>正在打印测试纸条。</translation>
    </message>
    <message id="test_do_document_camera">
        <source>The card camera is asked for a picture.</source>
        <translation>正在检查证件镜头。</translation>
    </message>
    <message id="test_do_touch">
        <source>Touch every square once.</source>
        <translation>请逐一触按每个方格。</translation>
    </message>
    <message id="test_do_sound">
        <source>The sound is prepared.</source>
        <translation>正在准备声音。</translation>
    </message>
    <message id="test_ask_printer">
        <source>Is the slip clean and whole, with black bars?</source>
        <translation>纸条是否清晰完整、线条够黑？</translation>
    </message>
    <message id="test_ask_sound">
        <source>Put on the headphones. Do you hear this screen clearly?</source>
        <translation>请戴上耳机。能否清楚听到本画面的内容？</translation>
    </message>
    <message id="test_play">
        <source>Play the sound</source>
        <translation>播放声音</translation>
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
        <translation>更换纸卷</translation>
    </message>
    <message id="paper_1">
        <source>Open the cover of the printer.</source>
        <translation>打开打印机盖。</translation>
    </message>
    <message id="paper_2">
        <source>Lay the new roll in, the paper coming from below, and close the cover.</source>
        <translation>放入新纸卷，纸端由下方拉出，然后合上盖。</translation>
    </message>
    <message id="paper_3">
        <source>Print a test slip.</source>
        <translation>打印测试纸条。</translation>
    </message>
    <message id="paper_0">
        <source>The printer does not answer. Check its cable and its power.</source>
        <translation>打印机没有回应，请检查接线及电源。</translation>
    </message>
    <message id="title_STAFF_CAMERA">
        <source>What the face camera sees</source>
        <translation>面容镜头画面</translation>
    </message>
    <message id="body_STAFF_CAMERA">
        <source>Nobody is photographed here.</source>
        <translation>这里不会拍照。</translation>
    </message>
    <message id="measure_rate">
        <source>Pictures a second</source>
        <translation>每秒画面数</translation>
    </message>
    <message id="measure_size">
        <source>Size of the picture</source>
        <translation>画面大小</translation>
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
        <translation>终端机最近的记录</translation>
    </message>
    <message id="title_STAFF_REPORT">
        <source>Is this terminal ready?</source>
        <translation>终端机是否就绪？</translation>
    </message>
    <message id="report_ready">
        <source>Ready for citizens</source>
        <translation>可供市民使用</translation>
    </message>
    <message id="report_not_ready">
        <source>Not ready</source>
        <translation>尚未就绪</translation>
    </message>
    <message id="report_make">
        <source>Make the report as PDF</source>
        <translation>制作 PDF 报告</translation>
    </message>
    <message id="report_making">
        <source>The report is being made.</source>
        <translation>正在制作报告。</translation>
    </message>
    <message id="report_made">
        <source>The report is kept in this terminal.</source>
        <translation>报告已存于终端机。</translation>
    </message>
    <message id="report_failed">
        <source>The report could not be kept.</source>
        <translation>未能保存报告。</translation>
    </message>
    <message id="report_title">
        <source>Readiness report</source>
        <translation>就绪报告</translation>
    </message>
    <message id="report_terminal">
        <source>Terminal %1</source>
        <translation>终端机 %1</translation>
    </message>
    <message id="report_made_at">
        <source>Made at %1</source>
        <translation>制作时间 %1</translation>
    </message>
    <message id="report_devices">
        <source>Devices now</source>
        <translation>设备现况</translation>
    </message>
    <message id="report_tests">
        <source>Tests</source>
        <translation>测试</translation>
    </message>
    <message id="report_rest">
        <source>The terminal</source>
        <translation>终端机</translation>
    </message>
    <message id="report_software">
        <source>Software</source>
        <translation>软件版本</translation>
    </message>
    <message id="report_clock">
        <source>Trusted clock</source>
        <translation>时钟可信</translation>
    </message>
    <message id="report_outbox">
        <source>Room for records</source>
        <translation>登记存储空间</translation>
    </message>
    <message id="report_queued">
        <source>Records that wait</source>
        <translation>待传送登记</translation>
    </message>
    <message id="report_oldest">
        <source>The oldest waits</source>
        <translation>最久等候</translation>
    </message>
    <message id="report_service">
        <source>In service</source>
        <translation>服务状态</translation>
    </message>
    <message id="report_trail">
        <source>Entries of the trail</source>
        <translation>审计记录数</translation>
    </message>
    <message id="report_content">
        <source>Public content</source>
        <translation>公共信息版本</translation>
    </message>
    <message id="report_good">
        <source>In order</source>
        <translation>正常</translation>
    </message>
    <message id="report_bad">
        <source>Not in order</source>
        <translation>异常</translation>
    </message>
    <message id="report_never">
        <source>Never tested</source>
        <translation>从未测试</translation>
    </message>
    <message id="title_STAFF_RESTART">
        <source>Restart the terminal?</source>
        <translation>重新启动终端机？</translation>
    </message>
    <message id="body_STAFF_RESTART">
        <source>It takes about a minute. Staff mode ends.</source>
        <translation>需时约一分钟，职员模式会结束。</translation>
    </message>
    <message id="restart_now">
        <source>Restart now</source>
        <translation>立即重新启动</translation>
    </message>
    <message id="slip_test">
        <source>Test slip</source>
        <translation>测试纸条</translation>
    </message>
    <message id="slip_even">
        <source>Every bar is black and without gaps.</source>
        <translation>每条线均应漆黑、没有断开。</translation>
    </message>
    <message id="failure_staff_out_of_service">
        <source>Staff have closed this kiosk for a while. Please use another one.</source>
        <translation>工作人员已暂停这部登记站。请使用另一部。</translation>
    </message>
    <message id="solve_staff">
        <source>Lay your service card on the reader and put the terminal back into service.</source>
        <translation>将职员卡放在读卡器上，然后恢复服务。</translation>
    </message>
    <message id="paper_slip">
        <source>Print a test slip</source>
        <translation>打印测试纸条</translation>
    </message>
    <message id="title_GUARDIAN">
        <source>Let your parent or guardian agree</source>
        <translation>请家长或监护人同意登记</translation>
    </message>
    <message id="body_GUARDIAN">
        <source>You are under 18. Your parent or guardian scans this with a phone; then we go on by ourselves.</source>
        <translation>您未满 18 岁。请家长或监护人用手机扫描；同意后本机会自动继续。</translation>
    </message>
    <message id="guardian_preparing">
        <source>The code is being prepared. This takes a few seconds.</source>
        <translation>正在准备二维码，需时数秒。</translation>
    </message>
    <message id="guardian_check">
        <source>The phone must show the same code as here.</source>
        <translation>手机显示的代码须与此处相同。</translation>
    </message>
    <message id="guardian_waiting">
        <source>Waiting for an answer</source>
        <translation>等待答复</translation>
    </message>
    <message id="failure_guardian_declined">
        <source>Your parent or guardian did not agree. Please talk to them, or ask our staff.</source>
        <translation>家长或监护人没有同意。请与他们商量，或向工作人员查询。</translation>
    </message>
    <message id="failure_guardian_expired">
        <source>Nobody answered in time. You can start again when your parent or guardian is ready.</source>
        <translation>限时内没有答复。家长或监护人准备好后，可以重新开始。</translation>
    </message>
    <message id="failure_guardian_withdrawn">
        <source>Your parent or guardian took the consent back.</source>
        <translation>家长或监护人已撤回同意。</translation>
    </message>
    <message id="failure_guardian_unreachable">
        <source>We cannot ask your parent or guardian right now. Please go to a counter together.</source>
        <translation>暂时未能联络家长或监护人。请一起到柜位办理。</translation>
    </message>
    <message id="title_CONFIRM">
        <source>Our staff confirm it is you</source>
        <translation>由工作人员确认您的身份</translation>
    </message>
    <message id="body_CONFIRM">
        <source>Staff compare you with your card, then lay their service card on the reader.</source>
        <translation>工作人员核对您与身份证后，会将职员卡放在读卡器上。</translation>
    </message>
    <message id="confirm_pin">
        <source>Staff: type the PIN to confirm this citizen.</source>
        <translation>职员：输入密码以确认此市民。</translation>
    </message>
    <message id="confirm_no">
        <source>Not confirmed</source>
        <translation>未能确认</translation>
    </message>
    <message id="mode_counter">
        <source>Registration at the counter</source>
        <translation>柜位登记</translation>
    </message>
    <message id="mode_mobile">
        <source>Mobile registration team</source>
        <translation>流动登记队</translation>
    </message>
    <message id="battery_level">
        <source>Battery %1 %</source>
        <translation>电量 %1%</translation>
    </message>
    <message id="battery_charging">
        <source>Battery %1 %, charging</source>
        <translation>电量 %1%，充电中</translation>
    </message>
    <message id="failure_power">
        <source>The battery is nearly empty. Please ask our staff.</source>
        <translation>电量不足，请向工作人员查询。</translation>
    </message>
    <message id="solve_power">
        <source>Plug in the charger. The terminal opens again by itself.</source>
        <translation>请接上充电器，终端机会自动恢复服务。</translation>
    </message>
    <message id="seated">
        <source>I am sitting: everything lower</source>
        <translation>坐着使用：画面移低</translation>
    </message>
    <message id="hint_seated_nearer">
        <source>Move a little nearer</source>
        <translation>请移近一点</translation>
    </message>
    <message id="hint_seated_back">
        <source>Move back a little</source>
        <translation>请移后一点</translation>
    </message>
    <message id="hint_seated_up">
        <source>Sit up a little, or ask our staff to lower the camera</source>
        <translation>请坐高一点，或请工作人员调低镜头</translation>
    </message>
    <message id="hint_seated_down">
        <source>Lean back a little, or ask our staff to raise the camera</source>
        <translation>请向后靠一点，或请工作人员调高镜头</translation>
    </message>
    <message id="provision_network">
        <source>Network</source>
        <translation>网络连接</translation>
    </message>
    <message id="provision_clock">
        <source>Clock against the fleet</source>
        <translation>时钟核对</translation>
    </message>
    <message id="provision_site">
        <source>Site</source>
        <translation>地点</translation>
    </message>
    <message id="provision_panel">
        <source>Panel</source>
        <translation>屏幕</translation>
    </message>
    <message id="provision_lights">
        <source>Lights of the tray</source>
        <translation>证件盘灯光</translation>
    </message>
    <message id="provision_claim">
        <source>Identity of the terminal</source>
        <translation>终端机身份</translation>
    </message>
    <message id="provision_settings">
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message id="provision_self_test">
        <source>Self-test</source>
        <translation>自我测试</translation>
    </message>
    <message id="title_SETUP_LIST">
        <source>Set up this terminal</source>
        <translation>设置这台终端机</translation>
    </message>
    <message id="title_SETUP_STEP">
        <source>Set up one part</source>
        <translation>设置一个部分</translation>
    </message>
    <message id="title_SETUP_TYPE">
        <source>Type the answer</source>
        <translation>请输入答案</translation>
    </message>
    <message id="title_SETUP_CHOOSE">
        <source>Choose one</source>
        <translation>请选择一项</translation>
    </message>
    <message id="title_SETUP_WORK">
        <source>Please wait</source>
        <translation>请稍候</translation>
    </message>
    <message id="title_SETUP_CAMERA">
        <source>Look at the picture</source>
        <translation>请查看影像</translation>
    </message>
    <message id="title_SETUP_TOUCH">
        <source>Touch the middle of the ring</source>
        <translation>请轻触圆环中央</translation>
    </message>
    <message id="title_SETUP_JUDGE">
        <source>Look and listen</source>
        <translation>请看和听</translation>
    </message>
    <message id="title_SETUP_REPORT">
        <source>Is this terminal ready?</source>
        <translation>这台终端机准备好了吗？</translation>
    </message>
    <message id="setup_done">
        <source>%1 of %2 steps done</source>
        <translation>已完成 %1 / %2 个步骤</translation>
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
        <translation>制作报告</translation>
    </message>
    <message id="setup_go_on">
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message id="setup_begin">
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message id="setup_again">
        <source>Do it again</source>
        <translation>重做</translation>
    </message>
    <message id="setup_skip">
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message id="setup_later">
        <source>Later</source>
        <translation>稍后再做</translation>
    </message>
    <message id="setup_waits">
        <source>First: %1</source>
        <translation>请先完成：%1</translation>
    </message>
    <message id="setup_lacking">
        <source>Give the open answers first.</source>
        <translation>请先填写未答的项目。</translation>
    </message>
    <message id="setup_open">
        <source>Not answered yet</source>
        <translation>尚未填写</translation>
    </message>
    <message id="setup_take">
        <source>Use this</source>
        <translation>使用此答案</translation>
    </message>
    <message id="setup_unusable">
        <source>This cannot be used.</source>
        <translation>此答案无法使用。</translation>
    </message>
    <message id="setup_type_it">
        <source>Type another</source>
        <translation>自行输入</translation>
    </message>
    <message id="setup_nothing_found">
        <source>No such device was found. Plug it in, or type its name.</source>
        <translation>找不到设备。请接上设备，或自行输入名称。</translation>
    </message>
    <message id="setup_first_language">
        <source>This language is on the first screen. Citizens can choose all three.</source>
        <translation>首页会使用这种语言。市民可以选择全部三种语言。</translation>
    </message>
    <message id="setup_skip_why">
        <source>Why is it skipped?</source>
        <translation>为何跳过？</translation>
    </message>
    <message id="skip_1">
        <source>Not ordered</source>
        <translation>没有订购</translation>
    </message>
    <message id="skip_2">
        <source>It comes later</source>
        <translation>稍后才送到</translation>
    </message>
    <message id="skip_3">
        <source>Not possible here</source>
        <translation>这里无法进行</translation>
    </message>
    <message id="setup_working">
        <source>Please wait a moment.</source>
        <translation>请稍等片刻。</translation>
    </message>
    <message id="setup_word_lay_card">
        <source>Lay the test card on the reader.</source>
        <translation>请把测试卡放在读卡器上。</translation>
    </message>
    <message id="setup_word_lay_slip">
        <source>Lay the slip with the code under the card camera.</source>
        <translation>请把印有代码的纸条放在证件镜头下。</translation>
    </message>
    <message id="setup_word_report">
        <source>The report is being made and signed.</source>
        <translation>正在制作并签署报告。</translation>
    </message>
    <message id="setup_word_key_in_a_file">
        <source>This machine has no TPM and no host key. Whoever takes the disk has the terminal's key: report a theft at once.</source>
        <translation>本机没有 TPM 或主机密钥。取得硬盘者即取得终端机的密钥，如遭盗窃请立即报告。</translation>
    </message>
    <message id="setup_word_no_machine_key">
        <source>The TPM keeps the key, but signs nothing: a library is missing. A copy of the key would not be noticed.</source>
        <translation>TPM 会保管密钥，但缺少程序库，不能签署；密钥如被复制将无法察觉。</translation>
    </message>
    <message id="setup_touch_number">
        <source>Ring %1 of %2</source>
        <translation>第 %1 个，共 %2 个</translation>
    </message>
    <message id="setup_look_face">
        <source>Step aside: the scene should be even, bright and empty.</source>
        <translation>请站到一旁：画面应光线均匀、明亮，而且没有人。</translation>
    </message>
    <message id="setup_look_card">
        <source>The whole tray must be in the picture, and sharp.</source>
        <translation>整个证件盘必须清晰可见。</translation>
    </message>
    <message id="setup_keep">
        <source>Is this picture empty?</source>
        <translation>这张影像中没有人吗？</translation>
    </message>
    <message id="setup_keep_why">
        <source>It goes into the report only if nobody is in it.</source>
        <translation>只有影像中没有人时才会放入报告。</translation>
    </message>
    <message id="setup_keep_yes">
        <source>Empty, keep it</source>
        <translation>没有人，保留</translation>
    </message>
    <message id="setup_keep_no">
        <source>Leave it out</source>
        <translation>不保留</translation>
    </message>
    <message id="setup_type_code">
        <source>Type the code instead</source>
        <translation>改为输入代码</translation>
    </message>
    <message id="setup_judge_printer">
        <source>Is the test page clean and whole?</source>
        <translation>测试页是否清晰完整？</translation>
    </message>
    <message id="setup_judge_more_printer">
        <source>There must be no white line through the black bars.</source>
        <translation>黑色横条中不应有白线。</translation>
    </message>
    <message id="setup_judge_sound">
        <source>Did you hear three tones?</source>
        <translation>您是否听到三下提示音？</translation>
    </message>
    <message id="setup_judge_more_sound">
        <source>They rise, and none of them rattles.</source>
        <translation>音调逐渐升高，而且没有杂音。</translation>
    </message>
    <message id="setup_judge_lights">
        <source>Did every light shine once?</source>
        <translation>每盏灯是否都亮了一次？</translation>
    </message>
    <message id="setup_judge_more_lights">
        <source>One after the other, none of them twice.</source>
        <translation>逐一亮起，没有一盏亮两次。</translation>
    </message>
    <message id="setup_ready">
        <source>%1 is ready for citizens</source>
        <translation>%1 可供市民使用</translation>
    </message>
    <message id="setup_ready_more">
        <source>All steps are done. The terminal starts when you finish.</source>
        <translation>所有步骤已完成。按“完成”后终端机便会启动。</translation>
    </message>
    <message id="setup_not_ready">
        <source>Not ready yet</source>
        <translation>尚未就绪</translation>
    </message>
    <message id="setup_not_ready_more">
        <source>These steps are missing:</source>
        <translation>仍欠以下步骤：</translation>
    </message>
    <message id="setup_finish">
        <source>Finish</source>
        <translation>完成</translation>
    </message>
    <message id="setup_to_list">
        <source>Back to the steps</source>
        <translation>返回步骤</translation>
    </message>
    <message id="setup_report_signed">
        <source>Made</source>
        <translation>已制作</translation>
    </message>
    <message id="setup_pictured">
        <source>In the report</source>
        <translation>已放入报告</translation>
    </message>
    <message id="setup_not_pictured">
        <source>No picture</source>
        <translation>没有影像</translation>
    </message>
    <message id="picture_face_camera">
        <source>What the face camera sees</source>
        <translation>面容镜头的影像</translation>
    </message>
    <message id="picture_test_page">
        <source>The test page</source>
        <translation>测试页</translation>
    </message>
    <message id="picture_touch">
        <source>Where the panel was touched</source>
        <translation>触控测试的位置</translation>
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
        <translation>已跳过</translation>
    </message>
    <message id="mark_waits">
        <source>Waits for another step</source>
        <translation>等候其他步骤</translation>
    </message>
    <message id="mark_todo">
        <source>To do</source>
        <translation>待办</translation>
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
        <translation>已放入报告</translation>
    </message>
    <message id="still_somebody">
        <source>Left out: not empty</source>
        <translation>没有保留：不是空景</translation>
    </message>
    <message id="still_not_vouched">
        <source>Left out</source>
        <translation>没有保留</translation>
    </message>
    <message id="setup_do_network">
        <source>Fleet and register are reached from here. The addresses stand on the order.</source>
        <translation>从这里连接运营中心和登记处。地址印在工单上。</translation>
    </message>
    <message id="setup_do_clock">
        <source>The clock is compared with the fleet's.</source>
        <translation>把时钟与运营中心核对。</translation>
    </message>
    <message id="setup_do_site">
        <source>Where the terminal stands and how it is used.</source>
        <translation>终端机的地点和用途。</translation>
    </message>
    <message id="setup_do_panel">
        <source>The panel is looked for and its size compared.</source>
        <translation>查找屏幕并核对尺寸。</translation>
    </message>
    <message id="setup_do_touch">
        <source>Touch five rings, one after the other. How the glass lies is found by them.</source>
        <translation>请逐一轻触五个圆环，以校准触控玻璃。</translation>
    </message>
    <message id="setup_do_face_camera">
        <source>You see what it sees. Step aside at the end: an empty picture goes into the report.</source>
        <translation>您会看到镜头的影像。最后请站到一旁：报告只放没有人的影像。</translation>
    </message>
    <message id="setup_do_document_camera">
        <source>You see what it sees. The whole tray must be in the picture.</source>
        <translation>您会看到镜头的影像。整个证件盘必须在画面内。</translation>
    </message>
    <message id="setup_do_lights">
        <source>Each light of the tray shines once. Watch the tray.</source>
        <translation>证件盘的灯会逐一亮起。请留意证件盘。</translation>
    </message>
    <message id="setup_do_reader">
        <source>Lay the test card on the reader. Nothing on it is read.</source>
        <translation>请把测试卡放在读卡器上。卡上的资料不会被读取。</translation>
    </message>
    <message id="setup_do_printer">
        <source>A test page is printed. Look at it closely.</source>
        <translation>会打印一张测试页。请仔细查看。</translation>
    </message>
    <message id="setup_do_sound">
        <source>Three tones are played. Put on the headphones.</source>
        <translation>会播放三下提示音。请戴上耳机。</translation>
    </message>
    <message id="setup_do_claim">
        <source>The slip with the code makes this machine a terminal. Lay it under the card camera, or type it.</source>
        <translation>印有代码的纸条会使本机成为终端机。请放在证件镜头下，或自行输入。</translation>
    </message>
    <message id="setup_do_settings">
        <source>All answers are written down, and the terminal reads them.</source>
        <translation>写入所有答案，并由终端机读取。</translation>
    </message>
    <message id="setup_do_self_test">
        <source>Disk, memory, key and certificate are looked at.</source>
        <translation>检查硬盘、内存、密钥和证书。</translation>
    </message>
    <message id="field_fleet_url">
        <source>Address of the fleet</source>
        <translation>运营中心地址</translation>
    </message>
    <message id="field_register_url">
        <source>Address of the register</source>
        <translation>登记处地址</translation>
    </message>
    <message id="field_register_phone_url">
        <source>Address for phones</source>
        <translation>手机用的地址</translation>
    </message>
    <message id="field_site_id">
        <source>Site</source>
        <translation>地点编号</translation>
    </message>
    <message id="field_site_mode">
        <source>How it is used</source>
        <translation>使用方式</translation>
    </message>
    <message id="field_site_opens">
        <source>Opens at</source>
        <translation>开放时间</translation>
    </message>
    <message id="field_site_closes">
        <source>Closes at</source>
        <translation>关闭时间</translation>
    </message>
    <message id="field_site_languages">
        <source>First language</source>
        <translation>首选语言</translation>
    </message>
    <message id="field_machine_panel">
        <source>Size of the panel</source>
        <translation>屏幕尺寸</translation>
    </message>
    <message id="field_devices_face_camera">
        <source>Which camera sees the face</source>
        <translation>哪个是面容镜头</translation>
    </message>
    <message id="field_devices_document_camera">
        <source>Which camera sees the card</source>
        <translation>哪个是证件镜头</translation>
    </message>
    <message id="field_devices_lights">
        <source>Where the lights are plugged in</source>
        <translation>灯光接口</translation>
    </message>
    <message id="field_devices_printer">
        <source>Where the printer is plugged in</source>
        <translation>打印机接口</translation>
    </message>
    <message id="field_type_code">
        <source>Code of the slip</source>
        <translation>纸条上的代码</translation>
    </message>
    <message id="hint_field_fleet_url">
        <source>It begins with https:// and stands on the order.</source>
        <translation>以 https:// 开头，印在工单上。</translation>
    </message>
    <message id="hint_field_register_url">
        <source>It begins with https:// and stands on the order.</source>
        <translation>以 https:// 开头，印在工单上。</translation>
    </message>
    <message id="hint_field_register_phone_url">
        <source>It begins with https:// and stands on the order.</source>
        <translation>以 https:// 开头，印在工单上。</translation>
    </message>
    <message id="hint_field_site_id">
        <source>Small letters, digits, - and _, as on the order.</source>
        <translation>小写字母、数字、- 和 _，与工单相同。</translation>
    </message>
    <message id="hint_field_site_opens">
        <source>Hours and minutes, as 09:00. The same twice: always open.</source>
        <translation>时和分，例如 09:00。两个时间相同即全天开放。</translation>
    </message>
    <message id="hint_field_site_closes">
        <source>Hours and minutes, as 20:00. The same twice: always open.</source>
        <translation>时和分，例如 20:00。两个时间相同即全天开放。</translation>
    </message>
    <message id="hint_field_devices_face_camera">
        <source>A name under /dev, of the port it is plugged into.</source>
        <translation>/dev 之下所接端口的名称。</translation>
    </message>
    <message id="hint_field_devices_document_camera">
        <source>A name under /dev, of the port it is plugged into.</source>
        <translation>/dev 之下所接端口的名称。</translation>
    </message>
    <message id="hint_field_devices_lights">
        <source>A name under /dev; nothing for a tray without lights.</source>
        <translation>/dev 之下的名称；没有灯光则留空。</translation>
    </message>
    <message id="hint_field_devices_printer">
        <source>A name under /dev, of the port it is plugged into.</source>
        <translation>/dev 之下所接端口的名称。</translation>
    </message>
    <message id="hint_field_type_code">
        <source>It begins with KIOSK1/. Small letters will do.</source>
        <translation>以 KIOSK1/ 开头。可用小写字母。</translation>
    </message>
    <message id="choice_self_service">
        <source>Self-service</source>
        <translation>自助</translation>
    </message>
    <message id="choice_counter">
        <source>At a counter, with staff</source>
        <translation>柜台，有职员协助</translation>
    </message>
    <message id="choice_mobile">
        <source>Mobile team</source>
        <translation>流动队</translation>
    </message>
    <message id="choice_none">
        <source>None</source>
        <translation>没有</translation>
    </message>
    <message id="figure_fleet_ms">
        <source>To the fleet (ms)</source>
        <translation>到运营中心（毫秒）</translation>
    </message>
    <message id="figure_register_ms">
        <source>To the register (ms)</source>
        <translation>到登记处（毫秒）</translation>
    </message>
    <message id="figure_unreachable">
        <source>Not reached</source>
        <translation>无法连接</translation>
    </message>
    <message id="figure_synchronized">
        <source>Set from the network</source>
        <translation>由网络校准</translation>
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
        <translation>已旋转</translation>
    </message>
    <message id="figure_worst_off">
        <source>Worst corner off</source>
        <translation>最大偏差</translation>
    </message>
    <message id="figure_swapped">
        <source>Axes swapped</source>
        <translation>轴已互换</translation>
    </message>
    <message id="figure_mirrored">
        <source>Mirrored</source>
        <translation>已镜像</translation>
    </message>
    <message id="figure_check_off">
        <source>Test ring off</source>
        <translation>测试偏差</translation>
    </message>
    <message id="figure_corners">
        <source>Rings touched</source>
        <translation>已触圆环</translation>
    </message>
    <message id="figure_size">
        <source>Size of the picture</source>
        <translation>影像尺寸</translation>
    </message>
    <message id="figure_per_s">
        <source>Pictures a second</source>
        <translation>每秒影像数目</translation>
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
        <translation>报告用的影像</translation>
    </message>
    <message id="figure_identity">
        <source>Camera</source>
        <translation>镜头</translation>
    </message>
    <message id="figure_lights">
        <source>Lights</source>
        <translation>灯数</translation>
    </message>
    <message id="figure_ways_to_open">
        <source>Ways to open the card</source>
        <translation>读卡方式数目</translation>
    </message>
    <message id="figure_ms">
        <source>Time taken (ms)</source>
        <translation>所需时间（毫秒）</translation>
    </message>
    <message id="figure_width_px">
        <source>Dots across the paper</source>
        <translation>纸宽点数</translation>
    </message>
    <message id="figure_terminal">
        <source>Terminal</source>
        <translation>终端机</translation>
    </message>
    <message id="figure_key_kept_by">
        <source>Key kept by</source>
        <translation>密钥存放于</translation>
    </message>
    <message id="figure_machine_signs">
        <source>The TPM signs too</source>
        <translation>TPM 亦签署</translation>
    </message>
    <message id="figure_district">
        <source>District</source>
        <translation>地区</translation>
    </message>
    <message id="figure_certificate_ends">
        <source>Certificate until</source>
        <translation>证书有效期至</translation>
    </message>
    <message id="figure_site">
        <source>Slip is for</source>
        <translation>纸条属于</translation>
    </message>
    <message id="figure_secure_boot">
        <source>Secure boot</source>
        <translation>安全启动</translation>
    </message>
    <message id="figure_free_mb">
        <source>Free room (MB)</source>
        <translation>剩余空间（MB）</translation>
    </message>
    <message id="figure_certificate_days">
        <source>Certificate, days left</source>
        <translation>证书剩余天数</translation>
    </message>
    <message id="figure_faults">
        <source>Faults</source>
        <translation>问题</translation>
    </message>
    <message id="figure_issuers">
        <source>Issuers of cards believed</source>
        <translation>所信任的发证机关数目</translation>
    </message>
    <message id="value_fleet">
        <source>The fleet</source>
        <translation>运营中心</translation>
    </message>
    <message id="value_register">
        <source>The register</source>
        <translation>登记处</translation>
    </message>
    <message id="value_tpm">
        <source>The TPM</source>
        <translation>TPM</translation>
    </message>
    <message id="value_host">
        <source>This machine's disk</source>
        <translation>本机硬盘</translation>
    </message>
    <message id="value_file">
        <source>A plain file</source>
        <translation>未加密的文件</translation>
    </message>
    <message id="fault_swap">
        <source>Swap is on</source>
        <translation>交换空间已启用</translation>
    </message>
    <message id="fault_core_dumps">
        <source>Core dumps are on</source>
        <translation>核心转储已启用</translation>
    </message>
    <message id="fault_room">
        <source>Too little free room</source>
        <translation>剩余空间不足</translation>
    </message>
    <message id="fault_identity">
        <source>Key or certificate</source>
        <translation>密钥或证书</translation>
    </message>
    <message id="fault_machine">
        <source>Another TPM</source>
        <translation>TPM 不符</translation>
    </message>
    <message id="fault_issuers">
        <source>No issuer of cards</source>
        <translation>没有发证机关证书</translation>
    </message>
    <message id="cure_provision_no_network">
        <source>The fleet or the register cannot be reached. Check the cable and the site's firewall.</source>
        <translation>无法连接运营中心或登记处。请检查网线和场地的防火墙。</translation>
    </message>
    <message id="cure_provision_no_panel">
        <source>No panel was found. Check its cable.</source>
        <translation>找不到屏幕。请检查连接线。</translation>
    </message>
    <message id="cure_provision_other_panel">
        <source>The panel has another size. Correct the answer, or change the panel.</source>
        <translation>屏幕尺寸不符。请更正答案或更换屏幕。</translation>
    </message>
    <message id="cure_provision_no_touch">
        <source>No touch came in time. Check the panel's USB cable and try again.</source>
        <translation>未能及时收到触控。请检查屏幕的 USB 线后再试。</translation>
    </message>
    <message id="cure_provision_touch_wild">
        <source>The touches do not fit together. Touch the middle of each ring; if it comes back, change the panel.</source>
        <translation>触控位置不吻合。请轻触每个圆环的中央；如仍出现，请更换屏幕。</translation>
    </message>
    <message id="cure_provision_no_card">
        <source>No card was seen. Lay the test card flat on the reader.</source>
        <translation>读不到卡。请把测试卡平放在读卡器上。</translation>
    </message>
    <message id="cure_provision_no_slip">
        <source>No code was seen. Lay the slip flat under the camera, or type the code.</source>
        <translation>看不到代码。请把纸条平放在镜头下，或输入代码。</translation>
    </message>
    <message id="cure_provision_no_sound">
        <source>Nothing here plays sound. Check the loudspeaker, or skip the step.</source>
        <translation>无法播放声音。请检查扬声器，或跳过此步骤。</translation>
    </message>
    <message id="cure_provision_unjudged">
        <source>Nobody answered the question. Do it again and answer.</source>
        <translation>没有人回答问题。请重做并回答。</translation>
    </message>
    <message id="cure_provision_judged_bad">
        <source>You said it is not good. Put it right, then try again.</source>
        <translation>您认为结果不理想。请修正后再试。</translation>
    </message>
    <message id="cure_provision_other_site">
        <source>The slip is for another site. Correct the site, or ask operations for another slip.</source>
        <translation>纸条属于另一地点。请更正地点，或向运营中心索取另一张纸条。</translation>
    </message>
    <message id="cure_provision_no_anchors">
        <source>The register's keys are missing from this machine. Install the package again.</source>
        <translation>本机缺少登记处的密钥。请重新安装软件包。</translation>
    </message>
    <message id="cure_provision_settings_refused">
        <source>The terminal does not accept its settings. Call the service line with this code.</source>
        <translation>终端机不接受设置。请致电支持热线并提供此代码。</translation>
    </message>
    <message id="cure_provision_not_fit">
        <source>The machine is not as it must be: see the faults. Call the service line with this code.</source>
        <translation>本机不符合要求，请看以下问题。请致电支持热线并提供此代码。</translation>
    </message>
    <message id="cure_claim_mistyped">
        <source>The code was mistyped. Compare it with the slip, letter by letter.</source>
        <translation>代码输入错误。请与纸条逐字核对。</translation>
    </message>
    <message id="cure_claim_refused">
        <source>The fleet refuses the code: it may be too old. Ask operations for a new slip.</source>
        <translation>运营中心拒绝此代码，可能已过期。请索取新的纸条。</translation>
    </message>
    <message id="cure_claim_used">
        <source>Another machine has used this code. Tell operations at once.</source>
        <translation>此代码已被另一台机使用。请立即通知运营中心。</translation>
    </message>
    <message id="cure_claim_forged_fleet">
        <source>Whoever answered is not the fleet of the slip. Check the network, and tell operations.</source>
        <translation>回应者并非纸条所指的运营中心。请检查网络并通知运营人员。</translation>
    </message>
    <message id="cure_claim_unreachable">
        <source>The fleet does not answer. Check the network, then try again with the same slip.</source>
        <translation>运营中心没有回应。请检查网络，再用同一张纸条重试。</translation>
    </message>
    <message id="cure_claim_contested">
        <source>Two machines claim to be this terminal. Tell operations at once.</source>
        <translation>有两台机自称是这台终端机。请立即通知运营中心。</translation>
    </message>
    <message id="cure_printer_missing">
        <source>No printer was found there. Check its cable, or choose another port.</source>
        <translation>该处找不到打印机。请检查连接线，或选择另一接口。</translation>
    </message>
    <message id="cure_camera_missing">
        <source>No camera was found there. Check its cable, or choose another one.</source>
        <translation>该处找不到镜头。请检查连接线，或选择另一镜头。</translation>
    </message>
    <message id="cure_camera">
        <source>The camera gives no good picture. Clean its glass and check its cable.</source>
        <translation>镜头影像不良。请清洁镜面并检查连接线。</translation>
    </message>
    <message id="cure_reader">
        <source>The card reader does not answer. Check its cable, then plug it in again.</source>
        <translation>读卡器没有回应。请检查连接线，然后重新接上。</translation>
    </message>
    <message id="cure_printer">
        <source>The printer does not print. Put in paper, close the cover and try again.</source>
        <translation>打印机无法打印。请放入纸卷，盖好后再试。</translation>
    </message>
    <message id="cure_lights">
        <source>The lights do not answer. Check their cable.</source>
        <translation>灯光没有回应。请检查连接线。</translation>
    </message>
    <message id="cure_claim">
        <source>The claim failed. Ask operations for a new slip.</source>
        <translation>登记未能完成。请向运营中心索取新的纸条。</translation>
    </message>
    <message id="cure_identity">
        <source>The key of this terminal cannot be kept or opened. Call the service line with this code.</source>
        <translation>无法存放或开启终端机的密钥。请致电支持热线并提供此代码。</translation>
    </message>
    <message id="cure_clock">
        <source>The clock is wrong. Check the network: the clock is set from it.</source>
        <translation>时钟不准。请检查网络：时钟由网络校准。</translation>
    </message>
</context>
</TS>
